/**
 * Settings of the embedded server. They are given at each start, not written into the data folder, so they follow
 * the program's version. Everything not named here keeps PostgreSQL's default.
 */
const always: Readonly<Record<string, string>> = {
  // Reached through its Unix socket only; the folder's mode decides who may connect.
  listen_addresses: "",
  max_connections: "100",
  // Fits a machine of two cores and 4 GB that also runs Corridor and a browser.
  shared_buffers: "256MB",
  effective_cache_size: "1GB",
  work_mem: "16MB",
  maintenance_work_mem: "128MB",
  // A search is planned by what the tables hold, so what a new table holds must be known soon; looking again each time that
  // one has grown by a twentieth took a fifth of PostgreSQL's time while messages poured in.
  autovacuum_naptime: "10s",
  autovacuum_analyze_scale_factor: "0.5",
  autovacuum_vacuum_insert_scale_factor: "0.5",
  update_process_title: "off",
  // Compiling a query costs more than running ours.
  jit: "off",
  // Two cores have no worker to spare, and parallel plans need more shared memory than containers give.
  max_parallel_workers_per_gather: "0",
  // Storage without moving heads.
  random_page_cost: "1.1",
  // Fewer checkpoints, so fewer full page images while messages pour in.
  max_wal_size: "2GB",
  checkpoint_timeout: "15min",
  // After a crash, one call syncs the whole folder rather than one call a file.
  recovery_init_sync_method: process.platform === "linux" ? "syncfs" : "fsync",
  timezone: "UTC",
  log_timezone: "UTC",
  // No statement, parameter or row may reach a log: they hold personal data. Errors go to the caller anyway.
  log_min_messages: "log",
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
  log_parameter_max_length: "0",
  log_parameter_max_length_on_error: "0",
  log_checkpoints: "off",
  log_line_prefix: "",
};

const durable: Readonly<Record<string, string>> = {
  fsync: "on",
  synchronous_commit: "on",
  full_page_writes: "on",
};

/** For tests: loses data when the machine stops, and is faster. */
const hasty: Readonly<Record<string, string>> = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  // Two files of tests at once, each with a record a test.
  max_connections: "500",
};

export function serverArguments(options: { readonly durable: boolean; readonly socketFolder: string }): string[] {
  const settings = {
    ...always,
    ...(options.durable ? durable : hasty),
    unix_socket_directories: options.socketFolder,
    unix_socket_permissions: "0700",
  };
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}
