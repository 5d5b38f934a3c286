import { randomBytes } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";
import { incorrect, limits, type Problem } from "#kernel";
import { isCommonPassword } from "./common-password.ts";

/** Makes and compares password hashes. */
export interface Passwords {
  hash(password: string): Promise<string>;
  /** False for an absent hash, after as much work as for a present one: an unknown name cannot be told by its timing. */
  matches(hash: string | undefined, password: string): Promise<boolean>;
}

export interface PasswordCost {
  readonly memoryKiB: number;
  readonly passes: number;
}

/** Argon2id with 19 MiB and two passes. Source: OWASP Password Storage Cheat Sheet, argon2id. */
const defaultCost: PasswordCost = { memoryKiB: 19_456, passes: 2 };

export function argon2Passwords(cost: PasswordCost = defaultCost): Passwords {
  const options = { memoryCost: cost.memoryKiB, timeCost: cost.passes, parallelism: 1 };
  const hashOf = (password: string) => hash(password.normalize("NFKC"), options);
  const decoy = hashOf(randomBytes(16).toString("hex"));
  return {
    hash: hashOf,
    matches: async (stored, password) => {
      const right = await verify(stored ?? (await decoy), password.normalize("NFKC"));
      return right && stored !== undefined;
    },
  };
}

/** Why a new password is refused; empty when it is good. Source: NIST SP 800-63B §5.1.1.2 (length and blocklist only). */
export function passwordProblems(password: string, username: string): readonly Problem[] {
  const where = "newPassword";
  const length = [...password].length;
  const plain = password.normalize("NFKC").toLowerCase();
  if (length < limits.passwordLengthMin) {
    const message = `A password has at least ${limits.passwordLengthMin} characters. Several words make a good one.`;
    return [incorrect("password-too-short", message, { where })];
  }
  if (length > limits.passwordLengthMax) {
    const message = `A password has at most ${limits.passwordLengthMax} characters.`;
    return [incorrect("password-too-long", message, { where })];
  }
  if (plain.includes(username)) {
    return [incorrect("password-has-username", "A password does not contain the user name.", { where })];
  }
  if (isCommonPassword(plain)) {
    return [incorrect("password-common", "This password is among those that are tried first.", { where })];
  }
  return [];
}
