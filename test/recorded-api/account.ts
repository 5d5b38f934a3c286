import type { AccountView, PersonSignInView, SessionView } from "#access/api";
import { json, type Recorded, type Row } from "./reply.ts";

const done: Recorded = { status: 204, body: "" };

const sessions: readonly SessionView[] = [
  {
    id: "e1",
    begun: "2026-11-23T08:02:00Z",
    lastUsed: "2026-11-23T09:28:00Z",
    method: "password and code",
    address: "10.20.4.17",
    browser: "Firefox on Windows",
    isThis: true,
  },
  {
    id: "e2",
    begun: "2026-11-23T06:55:00Z",
    lastUsed: "2026-11-23T08:40:00Z",
    method: "passkey",
    address: "10.20.9.203",
    browser: "Safari on iPhone",
    isThis: false,
  },
];

const factors = {
  totpSince: "2026-10-02T11:20:00Z",
  passkeys: [
    {
      id: "pk1",
      name: "My telephone",
      rpId: "corridor.westhaven.example",
      created: "2026-10-02T11:26:00Z",
      lastUsed: "2026-11-23T06:55:00Z",
    },
    { id: "pk2", name: "Security key", rpId: "corridor.westhaven.example", created: "2026-11-01T09:00:00Z" },
  ],
  recoveryCodesLeft: 9,
};

const account: AccountView = {
  ...factors,
  username: "lindqvist",
  display: "Dr Ingrid Lindqvist",
  secondFactorRequired: false,
  hasPassword: true,
  outside: { issuer: "https://login.westhaven.example/tenant", since: "2026-09-02T07:58:00Z" },
};

const person: PersonSignInView = { ...factors, sessions: sessions.map((each) => ({ ...each, isThis: false })) };

const secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
const offer = {
  ticket: "t1",
  secret,
  uri: `otpauth://totp/Corridor:lindqvist?secret=${secret}&issuer=Corridor&algorithm=SHA1&digits=6&period=30`,
};

const recoveryCodes = Array.from({ length: 10 }, (_, at) => `ABCD-EFGH-IJKL-MNO${"ABCDEFGHIJ"[at]}`);

export const accountReplies: readonly Row[] = [
  ["GET", /^\/api\/access\/account$/, () => json(account)],
  ["GET", /^\/api\/access\/account\/sessions$/, () => json(sessions)],
  ["GET", /^\/api\/access\/account\/notices$/, () => json([])],
  ["DELETE", /^\/api\/access\/account\/.+$/, () => done],
  ["POST", /^\/api\/access\/account\/totp$/, () => json(offer)],
  ["POST", /^\/api\/access\/account\/totp\/confirm$/, () => json({})],
  ["POST", /^\/api\/access\/account\/recovery-codes$/, () => json({ recoveryCodes })],
  ["GET", /^\/api\/access\/users\/\w+\/sign-in$/, () => json(person)],
  ["DELETE", /^\/api\/access\/users\/\w+\/sessions(?:\/\w+)?$/, () => done],
  ["POST", /^\/api\/access\/users\/\w+\/second-factor-reset$/, () => done],
];
