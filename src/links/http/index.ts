export { openApi } from "./open-api.ts";
export type { ContextFor } from "./serve.ts";
export { type HttpServer, type HttpServerOptions, startHttpServer } from "./server.ts";
