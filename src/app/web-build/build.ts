/** Builds the web app, in a process of its own: the builder's memory goes when it ends. */
import { relative } from "node:path";
import { build, type Plugin } from "vite";
import { root, writeSources } from "./sources.ts";

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

await build({ configFile: `${root}/web/vite.config.ts`, logLevel: "error", plugins: [noteSources] });
await writeSources([...used]);
