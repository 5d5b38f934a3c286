import assert from "node:assert/strict";
import { it } from "node:test";
import { instant } from "#kernel";
import { ZipSink } from "./zip-sink.ts";

it("lets go of a file that cannot be written, also of one that is larger than what is held", {
  timeout: 5_000,
}, async () => {
  const { promise: letGo, resolve } = Promise.withResolvers<string>();
  async function* content() {
    try {
      for (let piece = 0; ; piece += 1) yield Buffer.alloc(64 * 1024, piece);
    } finally {
      resolve("let go");
    }
  }
  let written = 0;
  const full = new ZipSink(
    async (bytes) => {
      written += bytes.length;
      if (written > 1_000) throw new Error("ENOSPC");
    },
    instant(Date.UTC(2026, 10, 23)),
  );
  await assert.rejects(full.add("DICOM/00000001", content()), /ENOSPC/);
  assert.equal(await letGo, "let go");
});
