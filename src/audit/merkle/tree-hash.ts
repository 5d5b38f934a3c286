import { hash } from "node:crypto";

/** The root of a tree without leaves. Source: RFC 6962 §2.1. */
export const emptyRoot: Uint8Array = hash("sha256", "", "buffer");

/** 32 bytes. Source: RFC 6962 §2.1: SHA-256(0x00 || leaf). */
export function leafHash(leaf: Uint8Array): Uint8Array {
  const input = leaf.length === 32 ? leafInput : new Uint8Array(leaf.length + 1);
  input.set(leaf, 1);
  return hash("sha256", input, "buffer");
}

/** Used again each time: making a buffer costs as much as hashing it. */
const leafInput = new Uint8Array(33);
const nodeInput = new Uint8Array(65);
nodeInput[0] = 1;

/** 32 bytes of the hashes left and right. Source: RFC 6962 §2.1: SHA-256(0x01 || left || right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  nodeInput.set(left, 1);
  nodeInput.set(right, 33);
  return hash("sha256", nodeInput, "buffer");
}
