/** What this installation can send by; the process that serves requests fulfils it. */
export interface NotificationChannels {
  /** A mail server is set. */
  readonly hasMail: boolean;
  /** Webhooks may go to addresses of the own network. */
  readonly allowsPrivate: boolean;
}
