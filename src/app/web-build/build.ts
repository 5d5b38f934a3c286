/** Builds the web app, in a process of its own: the builder's memory goes when it ends. */
import { rename, rm } from "node:fs/promises";
import { join, relative } from "node:path";
import { build, type Plugin } from "vite";
import { root, webRoot, writeSources } from "./sources.ts";

const used = new Set<string>();

/** Notes every file of ours that goes into the build. */
const noteSources: Plugin = {
  name: "note-sources",
  generateBundle() {
    for (const id of this.getModuleIds()) {
      const path = relative(root, id.replace(/[?\0].*$/, ""));
      if (!path.startsWith("..") && !path.includes("node_modules") && path !== "") used.add(path);
    }
  },
};

// Built aside: a server that serves the old one, or another start that builds too, never sees half of it.
const aside = join(root, "web", `dist-${process.pid}`);
try {
  await build({
    configFile: join(root, "web/vite.config.ts"),
    logLevel: "error",
    plugins: [noteSources],
    build: { outDir: aside },
  });
  await rm(webRoot, { recursive: true, force: true });
  await rename(aside, webRoot);
} finally {
  await rm(aside, { recursive: true, force: true });
}
await writeSources([...used]);
