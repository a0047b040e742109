import { PrismaPg } from '@prisma/adapter-pg';
import { ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import pg from 'pg';

const oidOfChar = 18;
const oidOfCharArray = 1002;

/**
 * Prisma's driver for its schema engine, which reads "char" columns of the system catalogue and insists on getting them
 * as characters. The driver refuses that type but knows arrays of it, so the columns pass it in that guise.
 */
export class CatalogueReader extends PrismaPg {
  constructor(url: string) {
    super(new DisguisingPool({ connectionString: url, max: 1 }), { disposeExternalPool: true });
  }

  override async connect(): ReturnType<PrismaPg['connect']> {
    const connected = await super.connect();
    const queryRaw = connected.queryRaw.bind(connected);
    connected.queryRaw = async (query) => {
      const result = await queryRaw(query);
      const columnTypes = result.columnTypes.map((type) =>
        type === ColumnTypeEnum.CharacterArray ? ColumnTypeEnum.Character : type,
      );
      return { ...result, columnTypes };
    };
    return connected;
  }
}

class DisguisingPool extends pg.Pool {
  // The driver only ever passes one config and awaits the result.
  override query = async (config: unknown) => {
    const ask = super.query.bind(this) as (config: unknown) => Promise<pg.QueryArrayResult>;
    const result = await ask(config);
    // A script of several statements gives several results, none of which is read.
    for (const field of result.fields ?? []) if (field.dataTypeID === oidOfChar) field.dataTypeID = oidOfCharArray;
    return result;
  };
}
