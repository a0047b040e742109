import { BlockList, isIP } from 'node:net';

/*
 * Whoever may name an address that a server calls could have it call what only the server can reach: the metadata of a cloud
 * machine, a database, the board itself. Only addresses of the public internet are called, unless the installation allows others.
 */
const RESERVED_V4: [string, number][] = [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.0.2.0', 24],
  ['192.88.99.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 4], ['240.0.0.0', 4],
];
/** Protocol assignments (Teredo among them), documentation, and 6to4, which carries an address of version 4. */
const RESERVED_V6: [string, number][] = [['2001::', 23], ['2001:db8::', 32], ['2002::', 16], ['3fff::', 20]];

const reserved = new BlockList();
for (const [net, prefix] of RESERVED_V4) reserved.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of RESERVED_V6) reserved.addSubnet(net, prefix, 'ipv6');
/** All of version 6 that is routed; what is mapped from version 4, translated, local or unassigned lies outside. */
const routed = new BlockList();
routed.addSubnet('2000::', 3, 'ipv6');

/** Whether an IP address belongs to the public internet. Anything that is not one does not. */
export function isPublicAddress(address: string): boolean {
  const version = isIP(address);
  if (version === 4) return !reserved.check(address, 'ipv4');
  if (version === 6) return !address.includes('%') && routed.check(address, 'ipv6') && !reserved.check(address, 'ipv6');
  return false;
}

/** The IP address that an address on the web names outright; null where it is a name, which only a look-up tells. */
export function literalIp(url: URL): string | null {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return isIP(host) ? host : null;
}
