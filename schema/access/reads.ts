import { Prisma, type User } from '../../prisma/generated/client.ts';
import { columns, sql } from '../../prisma/sql.ts';
import { batchById } from '../shared/loading.ts';

export const userById = batchById<User>((db, ids) => db.query(sql`SELECT ${columns(Prisma.UserScalarFieldEnum, 'u')} FROM board_user u WHERE u.id = ANY(${ids}::uuid[])`));
