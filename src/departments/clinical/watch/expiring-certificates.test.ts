/** Certificates that are to be renewed are alerted on. docs/operate/alerts.md */
import assert from "node:assert/strict";
import { test } from "node:test";
import { instant, limits, toIso } from "#kernel";
import type { CertificateView } from "../api/links.ts";
import { expiringFindings } from "./expiring-certificates.ts";

const nowMs = Date.parse("2026-11-23T09:00:00Z");
const view = (given: Partial<CertificateView>, leftMs: number): CertificateView => ({
  ...{ of: "link", name: "lab", use: "own", path: "/lab.pem", expiresAt: toIso(instant(nowMs + leftMs)) },
  ...given,
});
const found = (...views: readonly CertificateView[]) => expiringFindings(views, nowMs);

test("a certificate is alerted on from thirty days before its end, also after it, and no earlier", () => {
  const { certificateSoonMs } = limits;
  assert.deepEqual(found(view({}, certificateSoonMs + 1)), []);
  const [soon] = found(view({}, certificateSoonMs));
  assert.deepEqual(
    [soon?.link, soon?.rule, soon?.subject, soon?.since],
    ["lab", "certificate-expiring", undefined, "2026-11-23T09:00:00.000Z"],
  );
  assert.match(soon?.text ?? "", /^The certificate is good until 2026-12-23;/);
  assert.equal(found(view({}, -1)).length, 1);
});

test("the alerts of one link, its authority, a destination and the web door are told apart", () => {
  const named = found(
    view({}, 0),
    view({ use: "authority" }, 0),
    view({ of: "destination", name: "gp" }, 0),
    view({ of: "destination", name: "gp", use: "authority" }, 0),
    view({ of: "door", name: "http" }, 0),
  );
  assert.deepEqual(
    named.map(({ link, subject }) => [link, subject]),
    [
      ["lab", undefined],
      ["lab", "authority"],
      ["gp", "gp"],
      ["gp", "gp, authority"],
      ["web door", undefined],
    ],
  );
});

test("a file that cannot be read is told where certificates are shown, not here", () => {
  const { expiresAt: _, ...unread } = view({}, 0);
  assert.deepEqual(found({ ...unread, problem: "The file cannot be read as a certificate." }), []);
});
