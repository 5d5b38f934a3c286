import type { AddedView } from "#access/api";
import { accessReplies } from "./access.ts";
import { accessPageReplies } from "./access-pages.ts";
import { accountReplies } from "./account.ts";
import { alertReplies } from "./alerts.ts";
import { auditReplies } from "./audit.ts";
import { cumulativeOf, resultsOf, timelineOf, trendOf } from "./charts.ts";
import { codeReplies } from "./codes.ts";
import { configurationReplies } from "./configuration.ts";
import { booksPage, certificatesPage, deliveriesPage, destinationsPage } from "./deliveries.ts";
import { explorerReplies } from "./explorer.ts";
import { figuresPage } from "./figures.ts";
import { governanceReplies } from "./governance.ts";
import { decideHold, heldMessageView, holdsPage } from "./holds.ts";
import { imageKeepingReplies } from "./image-keeping.ts";
import { imagingReplies } from "./imaging.ts";
import { linksPage, messagesPage, messageView, overviewFor } from "./messages.ts";
import { people, roleMeaning, roles, users } from "./people.ts";
import { replayReplies } from "./replays.ts";
import { type Asked, json, notFound, problem, type Recorded, type Row } from "./reply.ts";
import { pdf } from "./resources.ts";
import { serviceAccounts } from "./service-accounts.ts";
import { simulatorReplies } from "./simulator.ts";
import { bannerOf, patients } from "./ward.ts";

const table: readonly Row[] = [
  ...accessReplies,
  ["POST", /^\/api\/access\/sign-in$/, signIn],
  ["POST", /^\/api\/access\/sign-out$/, () => ({ status: 204, body: "", signedOut: true })],
  ["POST", /^\/api\/access\/password$/, setPassword],
  ["GET", /^\/api\/access\/me$/, ({ me }) => json(me)],
  ["GET", /^\/api\/access\/roles$/, () => json(roles)],
  ["GET", /^\/api\/access\/roles\/[\w-]+$/, () => json(roleMeaning)],
  ["GET", /^\/api\/access\/users$/, ({ query }) => json({ users: foundUsers(query.get("find") ?? "") })],
  ["POST", /^\/api\/access\/users$/, addUser],
  ["PATCH", /^\/api\/access\/users\/(\w+)$/, changeUser],
  ["GET", /^\/api\/clinical\/overview$/, ({ me, query }) => json(overviewFor(me?.permissions ?? [], query))],
  ["GET", /^\/api\/clinical\/patients$/, ({ query }) => json(foundPatients(query.get("q") ?? ""))],
  ["GET", /^\/api\/clinical\/patients\/([\w-]+)\/banner$/, (_, [id = ""]) => json(bannerOf(id))],
  ["GET", /^\/api\/clinical\/patients\/([\w-]+)\/results$/, ({ arrived }, [id = ""]) => json(resultsOf(id, arrived))],
  ["GET", /^\/api\/clinical\/patients\/[\w-]+\/results\/cumulative$/, () => json(cumulativeOf())],
  ["GET", /^\/api\/clinical\/patients\/[\w-]+\/trend$/, () => json(trendOf())],
  ["GET", /^\/api\/clinical\/patients\/([\w-]+)\/timeline$/, (asked, [id = ""]) => json(timelineOf(id, asked))],
  ["GET", /^\/api\/clinical\/patients\/[\w-]+\/attachments\/\w+$/, () => pdf],
  ["GET", /^\/api\/clinical\/links$/, () => json(linksPage)],
  ["GET", /^\/api\/clinical\/messages$/, ({ query }) => json(messagesPage(query))],
  ["GET", /^\/api\/clinical\/messages\/([\w-]+)$/, (_, [id = ""]) => json(messageView(id))],
  ["GET", /^\/api\/clinical\/holds$/, ({ query }) => json(holdsPage(query))],
  ["GET", /^\/api\/clinical\/holds\/([\w-]+)$/, (_, [id = ""]) => json(heldMessageView(id))],
  ["POST", /^\/api\/clinical\/holds\/([\w-]+)\/(release|confirm|reject)$/, decideHold],
  ["GET", /^\/api\/clinical\/destinations$/, () => json(destinationsPage)],
  ["GET", /^\/api\/clinical\/certificates$/, () => json(certificatesPage)],
  ["GET", /^\/api\/clinical\/deliveries$/, ({ query }) => json(deliveriesPage(query))],
  ["GET", /^\/api\/clinical\/books$/, ({ query }) => json(booksPage(query))],
  ["GET", /^\/api\/clinical\/figures$/, () => json(figuresPage)],
  ["GET", /^\/api\/access\/service-accounts$/, () => json(serviceAccounts)],
  ...accessPageReplies,
  ...accountReplies,
  ...alertReplies,
  ...governanceReplies,
  ...auditReplies,
  ...codeReplies,
  ...configurationReplies,
  ...imagingReplies,
  ...imageKeepingReplies,
  ...explorerReplies,
  ...replayReplies,
  ...simulatorReplies,
];

const openPaths: ReadonlySet<string> = new Set(["/api/access/sign-in", "/api/access/password", "/api/access/outside"]);

/** What the real server would answer, for the few people and patients of the recording. */
export function recordedReply(asked: Asked): Recorded | Promise<Recorded> {
  if (asked.me === undefined && !openPaths.has(asked.path)) return problem(401, "not-signed-in", "Sign in to go on.");
  for (const [method, path, reply] of table) {
    const match = method === asked.method ? path.exec(asked.path) : null;
    if (match !== null) return reply(asked, match.slice(1));
  }
  return notFound;
}

function signIn({ body }: Asked): Recorded {
  const { username, password } = JSON.parse(body) as { username: string; password: string };
  const me = people[username];
  if (me === undefined || password !== "password")
    return problem(403, "sign-in-failed", "The user name or the password is wrong.");
  return { ...json(me), signedIn: me };
}

function setPassword({ body, me }: Asked): Recorded {
  const { link, newPassword } = JSON.parse(body) as { link?: string; newPassword: string };
  if (newPassword.length < 12)
    return problem(400, "password-too-short", "A password has at least 12 characters. Several words make a good one.");
  const owner = link === undefined ? me : people[link.split(".")[0] ?? ""];
  if (owner === undefined) return problem(403, "link-invalid", "This link was used already, or is too old.");
  return { ...json(owner), signedIn: owner };
}

function addUser({ body }: Asked): Recorded {
  const { username, display } = JSON.parse(body) as { username: string; display: string };
  if (users.some((user) => user.username === username))
    return problem(409, "username-taken", "Somebody has this user name already.");
  const added: AddedView = {
    user: {
      id: username,
      username,
      display,
      roles: [],
      givenRoles: [],
      sources: ["hand"],
      active: true,
      hasPassword: false,
    },
    link: `http://127.0.0.1:8080/set-password#${username}.secret`,
  };
  return json(added);
}

function changeUser({ body }: Asked, [id]: readonly string[]): Recorded {
  const user = users.find((one) => one.id === id);
  if (user === undefined) return notFound;
  const wanted = JSON.parse(body) as { newLink?: true };
  return json({ user, ...(wanted.newLink ? { link: `http://127.0.0.1:8080/set-password#${id}.secret` } : {}) });
}

function foundUsers(find: string) {
  return users.filter((user) => `${user.username} ${user.display}`.toLowerCase().includes(find.toLowerCase()));
}

function foundPatients(q: string) {
  const digits = q.replaceAll(" ", "");
  const isNumber = /^\d{10}$/.test(digits);
  const found = patients.filter((patient) =>
    isNumber ? patient.nhsNumber?.digits === digits : patient.name.toLowerCase().includes(q.toLowerCase()),
  );
  return { patients: found, readAs: isNumber ? `NHS number ${q}` : `name ${q.toUpperCase()}`, remarks: [] };
}
