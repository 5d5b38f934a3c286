/** C2SP signed-note v1.0.0 and tlog-checkpoint v1.0.0; the first note is the example of Go's own package. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { instant } from "#kernel";
import { openCheckpoint, signCheckpoint } from "./checkpoint.ts";
import { noteSigner, noteVerifier } from "./note-key.ts";
import { openNote, partNotes, signNote } from "./signed-note.ts";

const neumann = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const note = `${text}\n\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`;

describe("a signed note", () => {
  it("of another program is opened with its key, and with no letter changed", () => {
    const verifier = noteVerifier(neumann)!;
    assert.equal(openNote(note, verifier), text);
    assert.equal(openNote(note.replace("answer", "Answer"), verifier), undefined);
    assert.equal(openNote(note.replace("PeterNeumann", "PeterNewman"), verifier), undefined);
    assert.equal(openNote(text, verifier), undefined);
  });

  it("that we sign is opened by our key, also beside signatures of others, and by no other", () => {
    const [ours, other] = [1, 2].map((seed) => noteSigner("corridor/audit", new Uint8Array(32).fill(seed)));
    const signed = signNote("a\nb\n", ours!);
    assert.equal(openNote(signed, noteVerifier(ours!.text)!), "a\nb\n");
    assert.equal(openNote(`${signed}\u2014 witness AAAAAAAA\n`, ours!), "a\nb\n");
    assert.equal(openNote(signed, other!), undefined);
  });

  it("has a key that says its own checksum", () => {
    assert.equal(noteVerifier(neumann)?.text, neumann);
    assert.equal(noteVerifier(neumann.replace("c74f20a3", "c74f20a4")), undefined);
    assert.equal(noteVerifier("PeterNeumann"), undefined);
  });

  it("stands one behind the other in a file", () => {
    const signer = noteSigner("corridor/audit", new Uint8Array(32).fill(1));
    const notes = ["1\n", "2\n3\n"].map((words) => signNote(words, signer));
    assert.deepEqual(partNotes(notes.map((one) => `${one}\n`).join("")), notes);
    assert.deepEqual(partNotes(notes.join("\n")), notes);
    assert.deepEqual(partNotes(""), []);
  });

  it("of a checkpoint says the name of the log, its size, its root and its time", () => {
    const signer = noteSigner("corridor/audit", new Uint8Array(32).fill(1));
    const checkpoint = {
      origin: signer.name,
      size: 17,
      root: new Uint8Array(32).fill(9),
      at: instant(Date.UTC(2026, 10, 23)),
    };
    const signed = signCheckpoint(checkpoint, signer);
    const root = Buffer.alloc(32, 9).toString("base64");
    assert.deepEqual(signed.split("\n").slice(0, 5), [
      "corridor/audit",
      "17",
      root,
      "time 2026-11-23T00:00:00.000Z",
      "",
    ]);
    const opened = openCheckpoint(signed, signer)!;
    assert.deepEqual({ ...opened, root: Uint8Array.from(opened.root) }, checkpoint);
    assert.equal(openCheckpoint(signNote("corridor/audit\n017\n", signer), signer), undefined);
  });
});
