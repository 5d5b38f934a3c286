import type { Me, RoleMeaningView, RoleView, UserView } from "#access/api";

const doctor: RoleView = {
  name: "doctor",
  title: "Doctor",
  department: "Clinical care",
  purpose: "Diagnoses and treats patients, orders tests and acts on the results.",
};

const linksManager: RoleView = {
  name: "pathology-links-manager",
  title: "Pathology Links Manager",
  department: "Clinical informatics",
  purpose: "Keeps the links to laboratories running and sees to every message that was held.",
};

const administrator: RoleView = {
  name: "system-administrator",
  title: "System Administrator",
  department: "ICT",
  purpose: "Adds people, gives them roles and sees that Corridor runs.",
};

const governance: RoleView = {
  name: "information-governance",
  title: "Information Governance",
  department: "Information management",
  purpose: "Guards how patients' information is used.",
};

const pacsAdministrator: RoleView = {
  name: "pacs-administrator",
  title: "PACS Administrator",
  department: "Clinical informatics",
  purpose: "Keeps imaging studies complete, filed under the right patient, and open to those who read them.",
};

export const roles: readonly RoleView[] = [doctor, linksManager, administrator];

const pages = {
  home: { path: "/", title: "Home" },
  patients: { path: "/patients", title: "Patients" },
  images: { path: "/viewer", title: "Images" },
  links: { path: "/links", title: "Links" },
  alerts: { path: "/links/alerts", title: "Alerts" },
  messages: { path: "/links/messages", title: "Messages" },
  holds: { path: "/links/holds", title: "Held" },
  codes: { path: "/links/codes", title: "Codes" },
  replay: { path: "/links/replay", title: "Replay" },
  setUp: { path: "/links/set-up", title: "Set-up" },
  deliveries: { path: "/links/deliveries", title: "Deliveries" },
  books: { path: "/links/books", title: "Books" },
  figures: { path: "/links/figures", title: "Figures" },
  governance: { path: "/governance", title: "Overview" },
  requests: { path: "/governance/requests", title: "Requests" },
  registers: { path: "/governance/registers", title: "Registers" },
  retention: { path: "/governance/retention", title: "Retention" },
  evidence: { path: "/governance/evidence", title: "Evidence" },
  reviews: { path: "/governance/reviews", title: "Access to review" },
  access: { path: "/governance/access", title: "Who may see what" },
  simulator: { path: "/links/simulator", title: "Simulator" },
  explorer: { path: "/explorer", title: "Explorer" },
  validation: { path: "/validation", title: "Validation" },
  users: { path: "/users", title: "Users" },
  serviceAccounts: { path: "/service-accounts", title: "Service accounts" },
  about: { path: "/about", title: "About" },
} as const;

const imaging = [
  { path: "/images", title: "Imaging" },
  { path: "/images/waiting", title: "Waiting studies" },
  { path: "/images/aside", title: "Kept aside" },
  { path: "/images/hidden", title: "Hidden images" },
  { path: "/images/sending", title: "Sending" },
  { path: "/images/rules", title: "Sending rules" },
  { path: "/images/exports", title: "Exports" },
  { path: "/images/worklist", title: "Modality worklist" },
  { path: "/images/nodes", title: "Nodes" },
  { path: "/images/storage", title: "Image storage" },
  { path: "/images/retention", title: "Deletion by rule" },
] as const;

const timeZone = "Europe/London";

/** Who may sign in to the recorded API; the password of each is `password`. Dr Ngata's hospital is far from the others'. */
export const people: Readonly<Record<string, Me>> = {
  lindqvist: {
    reference: "User/lindqvist",
    display: "Dr Ingrid Lindqvist",
    roles: [doctor],
    permissions: ["patients.find", "chart.open", "explorer.use"],
    home: "/patients",
    navigation: [pages.home, pages.patients, pages.images, pages.explorer, pages.validation, pages.about],
    timeZone,
  },
  ferreira: {
    reference: "User/ferreira",
    display: "Nuno Ferreira",
    roles: [pacsAdministrator],
    permissions: ["patients.find", "links.see", "images.keep", "images.dispose", "explorer.use"],
    home: "/images",
    navigation: [pages.patients, pages.images, ...imaging, pages.explorer, pages.about],
    timeZone,
  },
  ngata: {
    reference: "User/ngata",
    display: "Dr Aroha Ngata",
    roles: [doctor],
    permissions: ["patients.find", "chart.open", "explorer.use"],
    home: "/patients",
    navigation: [pages.home, pages.patients, pages.images, pages.explorer, pages.validation, pages.about],
    timeZone: "Pacific/Auckland",
  },
  baker: {
    reference: "User/baker",
    display: "Tom Baker-Hughes",
    roles: [linksManager],
    permissions: [
      "patients.find",
      "chart.open",
      "links.see",
      "messages.read",
      "messages.replay",
      "deliveries.manage",
      "alerts.acknowledge",
      "holds.decide",
      "codes.propose",
      "codes.approve",
      "links.configure",
      "simulator.use",
      "explorer.use",
    ],
    home: "/links",
    navigation: [
      pages.home,
      pages.patients,
      pages.links,
      pages.alerts,
      pages.messages,
      pages.holds,
      pages.codes,
      pages.replay,
      pages.setUp,
      pages.deliveries,
      pages.books,
      pages.figures,
      pages.simulator,
      pages.explorer,
      pages.validation,
      pages.about,
    ],
    timeZone,
  },
  amadi: {
    reference: "User/amadi",
    display: "Ruth Amadi",
    roles: [governance],
    permissions: ["patients.find", "audit.read", "governance.work", "explorer.use", "reviews.decide", "access.explain"],
    home: "/governance",
    navigation: [
      pages.home,
      pages.patients,
      pages.governance,
      pages.requests,
      pages.registers,
      pages.retention,
      pages.evidence,
      pages.reviews,
      pages.access,
      pages.about,
    ],
    timeZone,
  },
  admin: {
    reference: "User/admin",
    display: "Sanjay Patel",
    roles: [administrator],
    permissions: ["users.manage", "links.see", "metrics.see"],
    home: "/users",
    navigation: [pages.home, pages.links, pages.alerts, pages.users, pages.serviceAccounts, pages.about],
    timeZone,
  },
};

/** Of Corridor's own, open, and with the roles that an administrator gave. */
const byHand = (username: string, display: string, given: readonly RoleView[]): UserView => ({
  id: username,
  username,
  display,
  roles: given,
  givenRoles: given.map(({ name }) => name),
  sources: ["hand"],
  active: true,
  hasPassword: true,
});

export const users: readonly UserView[] = [
  {
    ...byHand("lindqvist", "Dr Ingrid Lindqvist", [doctor]),
    lastSignIn: "2026-11-23T08:02:00Z",
    caring: { practitioner: "Practitioner/c4471", wards: ["Location/ward-7"] },
    directoryMayTake: true,
  },
  {
    ...byHand("baker", "Tom Baker-Hughes", [linksManager]),
    sources: ["outside", "directory"],
    givenRoles: [],
    directory: { since: "2026-09-01T09:00:00Z", groups: 3 },
    outside: { issuer: "https://login.westhaven.example/tenant", since: "2026-09-02T07:58:00Z" },
    lastSignIn: "2026-11-22T17:31:00Z",
    lockedUntil: "2026-11-23T09:45:00.000Z",
  },
  { ...byHand("admin", "Sanjay Patel", [administrator]), lastSignIn: "2026-11-23T09:10:00Z" },
  { ...byHand("okoro", "Sister Ngozi Okoro", []), hasPassword: false },
  {
    ...byHand("gray", "Dr Malcolm Gray", [doctor]),
    sources: ["past-directory"],
    directory: { since: "2026-02-01T09:00:00Z", groups: 0, removed: "2026-10-30T17:00:00Z" },
    active: false,
  },
];

/** What a doctor may do, for every role. */
export const roleMeaning: RoleMeaningView = {
  name: doctor.name,
  title: doctor.title,
  purpose: doctor.purpose,
  may: ["Find patients by name or number", "Open a patient's chart"],
  whose: { patients: "related", why: "Sees the patients of their care teams, stays, wards and referrals." },
  documents: [
    { actions: "read, find and list", families: ["Who the patient is", "Stays and appointments"] },
    { actions: "read, find, list, add and change", families: ["Allergies and alerts"] },
  ],
};
