/** Run by `npm ci`: builds the web app once, so that the first start need not. Without it the first start does. */
import { ensureWebApp } from "./web-app.ts";

const built = await ensureWebApp();
if (!built.ok) console.error(built.problems[0].message);
