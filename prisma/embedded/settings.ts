/** Settings of the embedded Postgres: modest memory, quiet log, nothing running that one machine does not need. */
export const serverSettings: Record<string, string> = {
  shared_buffers: '48MB',
  max_connections: '60',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  effective_cache_size: '512MB',
  random_page_cost: '1.1',
  jit: 'off',
  max_parallel_workers_per_gather: '0',
  // Workers would be three more processes at rest.
  io_method: 'sync',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_logical_replication_workers: '0',
  synchronous_commit: 'on',
  autovacuum: 'on',
  // Analyses and clears up soon after a bulk import, and not at the next full minute.
  autovacuum_naptime: '10s',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  // Above ERROR: refused statements are told to whoever sent them, and serialization failures are ordinary here.
  log_min_messages: 'log',
  log_line_prefix: '%m [%p] ',
};

/** For databases that live only as long as a test run. */
export const throwawaySettings: Record<string, string> = {
  ...serverSettings,
  max_connections: '200',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
};
