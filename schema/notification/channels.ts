/** What this installation can send by; the process that serves requests fulfils it. */
export interface NotificationChannels {
  /** A mail server is set. */
  readonly hasMail: boolean;
  /** The IP address that an address on the web names outright and that nothing is sent to; null where there is none. */
  barredIp(address: string): string | null;
}
