export { isLoopback } from "./host-name.ts";
export { openApi } from "./open-api.ts";
export { type Redirect, startRedirect } from "./redirect.ts";
export type { ContextFor } from "./serve.ts";
export { type HttpServer, type HttpServerOptions, startHttpServer } from "./server.ts";
