/** Source: NIST SP 800-63B §5.1.1.2; OWASP Password Storage Cheat Sheet */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { argon2Passwords, passwordProblems } from "./password.ts";

describe("a new password", () => {
  const cases: readonly (readonly [password: string, code: string | undefined])[] = [
    ["tea kettle on the sill", undefined],
    ["a row of words that comes to the sixty-four signs of a long one.", undefined],
    [`${"seven words and a row of more, ".repeat(4)}end.`, undefined],
    ["short", "password-too-short"],
    ["elevenchars", "password-too-short"],
    ["ünïcödé wörds", undefined],
    ["🔑🔑🔑🔑🔑🔑", "password-too-short"],
    ["x".repeat(129), "password-too-long"],
    ["Lindqvist-is-me", "password-has-username"],
    ["PasswordPassword", "password-common"],
    ["password123456!", "password-common"],
    ["2026-hospital-2026", "password-common"],
    ["qwertyuiop123", "password-common"],
    ["123456789012", "password-common"],
    ["summertime!!!!", "password-common"],
    ["Welcome1Welcome1", "password-common"],
    ["abababababab", "password-common"],
    ["p@$$w0rd-2026!", "password-common"],
    ["Sunshine&Princess9", "password-common"],
    ["1234-summer-Dragon", "password-common"],
    ["poiuytrewq0987", "password-common"],
    ["zyxwvutsrqpo", "password-common"],
    ["Kx7!Kx7!Kx7!", "password-common"],
    ["summer dragon kettle", undefined],
    ["understudy of first", undefined],
    ["ｐａｓｓｗｏｒｄ１２３４", "password-common"],
  ];
  for (const [password, code] of cases) {
    it(`'${password.slice(0, 24)}' is ${code ?? "good"}`, () => {
      const [problem] = passwordProblems(password, "lindqvist");
      assert.equal(problem?.code, code);
      if (problem !== undefined) assert.equal(problem.where, "newPassword");
    });
  }
});

describe("a password hash", async () => {
  const passwords = argon2Passwords({ memoryKiB: 64, passes: 1 });
  const hash = await passwords.hash("tea kettle on the sill");

  it("is argon2id with its cost and a salt of its own", async () => {
    // 22 characters of base64: a salt of 128 bits.
    assert.match(hash, /^\$argon2id\$v=19\$m=64,t=1,p=1\$[\w+/]{22}\$/);
    assert.notEqual(hash, await passwords.hash("tea kettle on the sill"));
    assert.match(await argon2Passwords().hash("x"), /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it("matches the password however its letters are composed, and no other", async () => {
    const accented = await passwords.hash("cafe\u0301 on the corner");
    assert.equal(await passwords.matches(accented, "caf\u00e9 on the corner"), true);
    assert.equal(await passwords.matches(hash, "tea kettle on the Sill"), false);
  });

  it("is of the whole password: neither its end nor spaces in it are cut off", async () => {
    const long = `${"x y  z ".repeat(18)}a`;
    const kept = await passwords.hash(long);
    assert.equal(await passwords.matches(kept, long), true);
    for (const other of [`${long.slice(0, -1)}b`, long.replaceAll("  ", " "), `${long} `]) {
      assert.equal(await passwords.matches(kept, other), false);
    }
  });

  it("that is absent matches nothing, for the same work", async () => {
    const real = argon2Passwords();
    const kept = await real.hash("tea kettle on the sill");
    const timeMs = async (stored: string | undefined) => {
      const before = process.cpuUsage();
      assert.equal(await real.matches(stored, "wrong"), false);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1_000;
    };
    let [known, unknown] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    // In processor time, and the quickest of several, because the machine has other things to do.
    for (let round = 0; round < 8; round += 1) {
      known = Math.min(known, await timeMs(kept));
      unknown = Math.min(unknown, await timeMs(undefined));
    }
    assert.ok(unknown > known / 2 && unknown < known * 2, `known ${known} ms, unknown ${unknown} ms`);
  });
});
