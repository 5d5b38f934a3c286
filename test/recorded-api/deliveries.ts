import type {
  BooksPage,
  BookView,
  CertificatesPage,
  DeliveriesPage,
  DeliveryView,
  DestinationsPage,
} from "#departments/clinical/api";

const at = "2026-11-23T09:30:00.000Z";

export const destinationsPage: DestinationsPage = {
  stranded: [{ name: "old-registry", queued: 12, parked: 1 }],
  destinations: [
    {
      name: "gp-results",
      title: "Results for general practices",
      state: "connected",
      stateText: "connected to 10.1.2.3:6661",
      isPaused: false,
      isHere: true,
      queued: 12,
      oldestQueuedAt: "2026-11-23T09:29:12.000Z",
      underWay: 4,
      parked: 0,
      lastDelivered: { at: "2026-11-23T09:29:58.000Z" },
    },
    {
      name: "renal",
      title: "Renal unit",
      state: "failing",
      stateText: "cannot reach 10.1.2.9:2575",
      isPaused: false,
      isHere: true,
      problem: "The connection was refused.",
      queued: 41,
      oldestQueuedAt: "2026-11-23T07:55:00.000Z",
      underWay: 0,
      parked: 1,
      lastDelivered: { at: "2026-11-23T07:54:12.000Z" },
      lastError: { at: "2026-11-23T08:55:00.000Z", text: "The partner refused it for good." },
    },
  ],
  at,
};

export const certificatesPage: CertificatesPage = {
  certificates: [
    {
      of: "destination",
      name: "gp-results",
      use: "own",
      path: "/etc/corridor/gp-results.pem",
      expiresAt: "2026-12-09T00:00:00.000Z",
    },
    { of: "link", name: "lab", use: "own", path: "/etc/corridor/lab.pem", expiresAt: "2027-08-01T00:00:00.000Z" },
  ],
};

const delivered: DeliveryView = {
  id: "d1",
  message: "m1",
  link: "lab",
  destination: "gp-results",
  route: "results to practices",
  lane: "nhs 9990001234",
  state: "delivered",
  stateText: "Delivered",
  controlId: "MSG00112",
  queuedAt: "2026-11-23T09:29:41.000Z",
  attempts: 1,
  settledAt: "2026-11-23T09:29:42.000Z",
  acknowledgement: { code: "AA", text: "", at: "2026-11-23T09:29:42.000Z" },
  sizeBytes: 812,
};

const parked: DeliveryView = {
  ...delivered,
  id: "d2",
  destination: "renal",
  route: "renal results",
  state: "parked",
  stateText: "Parked: a person must look at it",
  controlId: "MSG00088",
  queuedAt: "2026-11-23T07:55:00.000Z",
  attempts: 7,
  settledAt: "2026-11-23T08:55:00.000Z",
  problem: { category: "incorrect", code: "refused", message: "The partner refused it for good.", where: "MSA-1" },
  acknowledgement: { code: "AR", text: "Unknown practice", at: "2026-11-23T08:55:00.000Z" },
};

export function deliveriesPage(query: URLSearchParams): DeliveriesPage {
  const state = query.get("state");
  const destination = query.get("destination");
  const message = query.get("message");
  const isAsked = (one: DeliveryView) =>
    (message === null || one.message === message) &&
    (state === null || one.state === state) &&
    (destination === null || one.destination === destination);
  return { deliveries: [parked, delivered].filter(isAsked) };
}

const none = {
  delivered: 0,
  partly: 0,
  recorded: 0,
  filtered: 0,
  filteredBy: {},
  held: 0,
  rejected: 0,
  parked: 0,
  underWay: 0,
  skipped: 0,
};

const days: readonly BookView[] = [
  {
    ...none,
    link: "lab",
    day: "2026-11-23",
    received: 1284,
    delivered: 1220,
    recorded: 40,
    held: 5,
    rejected: 2,
    parked: 1,
    underWay: 16,
    balances: true,
    position: 1000,
  },
  {
    ...none,
    link: "lab",
    day: "2026-11-22",
    received: 803,
    delivered: 780,
    filtered: 20,
    filteredBy: { "no-billing": 20 },
    skipped: 3,
    balances: true,
    position: 1000,
  },
];

export function booksPage(query: URLSearchParams): BooksPage {
  const isCounted = query.get("recount") === "true";
  return { books: days.map((book) => (isCounted ? { ...book, counted: book.received } : book)), at };
}
