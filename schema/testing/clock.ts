import { setClock } from '../../prisma/clock.ts';

// Files share their modules, so a clock that one leaves set would be the next one's time.
setClock(() => new Date());
