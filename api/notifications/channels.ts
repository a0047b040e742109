import type { NotificationChannels } from '../../schema/notification/channels.ts';
import { isPublicAddress, literalIp } from './public-address.ts';

/** What this installation can send by, as it is set. */
export function channelsOf({ smtpUrl, notifyPrivate }: { smtpUrl: string | undefined; notifyPrivate: boolean }): NotificationChannels {
  return {
    hasMail: smtpUrl !== undefined,
    barredIp(address) {
      const ip = literalIp(new URL(address));
      return ip && !notifyPrivate && !isPublicAddress(ip) ? ip : null;
    },
  };
}
