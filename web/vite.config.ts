import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const here = fileURLToPath(new URL(".", import.meta.url));

/** Hospital desktops run evergreen browsers; these are two years old at the time of writing. */
const browsers = ["chrome123", "edge123", "firefox125", "safari17.5"];

export default defineConfig({
  root: here,
  plugins: [react()],
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
  server: {
    host: "127.0.0.1",
    proxy: { "/api": "http://127.0.0.1:8080", "/fhir": "http://127.0.0.1:8080" },
  },
});
