import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const here = fileURLToPath(new URL(".", import.meta.url));

/** Hospital desktops run evergreen browsers; these are two years old at the time of writing. */
const browsers = ["chrome123", "edge123", "firefox125", "safari17.5"];

/** Readers of surfaces, which nothing here shows; one of them needs modules that only Node has. */
const withoutSurfaces: Plugin = {
  name: "without-surfaces",
  enforce: "pre",
  resolveId: (id) => (id.startsWith("@kitware/vtk.js/IO/") ? "\0without-surfaces" : undefined),
  load: (id) => (id === "\0without-surfaces" ? "export default undefined;" : undefined),
};

export default defineConfig({
  root: here,
  plugins: [react(), withoutSurfaces],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: browsers,
    sourcemap: false,
    // A data: address in a stylesheet or script would have to be allowed by the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  // The viewer decodes images in workers, which are modules too.
  worker: { format: "es" },
  server: {
    host: "127.0.0.1",
    proxy: { "/api": "http://127.0.0.1:8080", "/fhir": "http://127.0.0.1:8080" },
  },
});
