/** Source: RFC 6265bis §4.1, §5.4 */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { endedCookie, isSecure, sessionCookie, sessionToken } from "./cookie.ts";

describe("the session cookie", () => {
  it("is out of reach of scripts and of other sites, and stays on https once there", () => {
    assert.equal(sessionCookie("abc", false), "corridor_session=abc; Path=/; HttpOnly; SameSite=Strict");
    assert.equal(sessionCookie("abc", true), "__Host-corridor_session=abc; Path=/; HttpOnly; SameSite=Strict; Secure");
    assert.deepEqual([isSecure("https://corridor.example"), isSecure("http://127.0.0.1:8080")], [true, false]);
  });

  it("is taken away by one of the same name without a life", () => {
    assert.equal(endedCookie(true), "__Host-corridor_session=; Path=/; HttpOnly; SameSite=Strict; Secure; Max-Age=0");
  });

  const headers: readonly (readonly [header: string | undefined, token: string | undefined])[] = [
    [undefined, undefined],
    ["", undefined],
    ["other=1", undefined],
    ["corridor_session=", undefined],
    ["corridor_session=abc-_9", "abc-_9"],
    ["a=1; corridor_session=abc; b=2", "abc"],
    ["not_corridor_session=abc", undefined],
  ];
  for (const [header, token] of headers) {
    it(`in '${header}' is ${token}`, () => {
      const origin = "http://127.0.0.1:8080";
      assert.equal(sessionToken({ headers: header === undefined ? {} : { cookie: header }, origin }), token);
    });
  }

  it("is by https read under the name alone that no sister site can set", () => {
    const origin = "https://corridor.example";
    const read = (cookie: string) => sessionToken({ headers: { cookie }, origin });
    assert.equal(read("corridor_session=planted"), undefined);
    assert.equal(read("corridor_session=planted; __Host-corridor_session=own"), "own");
  });
});
