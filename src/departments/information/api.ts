/**
 * What the department of information management says over HTTP, under `/api/information`. Types describe the JSON of each
 * reply; the tables of the working lists are shared with the web app, which draws forms and facts from them.
 *
 * | Method and path          | Body or query  | Reply          | Permission        |
 * |--------------------------|----------------|----------------|-------------------|
 * | GET /items               | `itemsQuery`   | `ItemsPage`    | `governance.work` |
 * | POST /items              | `NewItem`      | `ItemView`     | `governance.work` |
 * | GET /items/:id           |                | `ItemView`     | `governance.work` |
 * | POST /items/:id/orders   | `ItemOrder`    | `ItemView`     | `governance.work` |
 * | GET /items/:id/timeline  |                | `TimelineView` | `governance.work` |
 * | GET, PUT /holidays       | holidays       | holidays       | `governance.work` |
 */
export type { AuditRow } from "./audit-review/audit-row.ts";
export { actWords, kindWord, purposeWords } from "./audit-review/audit-words.ts";
export type { AuditCounts, AuditPage } from "./audit-review/fetch-audit.ts";
export { type FindingOutcome, findingOutcomeWords } from "./audit-review/findings/outcomes.ts";
export type { FindingsPage, FindingView } from "./audit-review/findings/routes.ts";
export { anomalyRules } from "./audit-review/findings/rules.ts";
export type { ProofView } from "./audit-review/routes.ts";
export type { ClockView } from "./clock/clock-view.ts";
export type { Evidence, EvidencePage } from "./evidence/evidence-view.ts";
export type { GovernanceHome, ListStand, MonthStand, UnusualStand } from "./home/home-view.ts";
export type { ItemNote, Said } from "./items/item.ts";
export type { ItemOrder, NewItem } from "./items/item-order.ts";
export {
  type ItemRow,
  type ItemsPage,
  type ItemsQuery,
  type ItemView,
  itemsQuery,
  type TimelineView,
} from "./items/item-view.ts";
export { type ItemState, isOpen, type StepName, steps } from "./lists/life.ts";
export type { ListDefinition, ListField } from "./lists/list-definition.ts";
export { listNamed, lists } from "./lists/lists.ts";
export {
  type DisclosureEntry,
  type DisclosureFlag,
  type Ground,
  groundNames,
  grounds,
  isSettled,
  needsSecond,
} from "./pack/disclosure.ts";
export type { DisclosureView, HeldView, SheetView } from "./pack/disclosure-view.ts";
export type { DisposalView, RetentionPage, RetentionRow } from "./retention/retention-view.ts";
export type { LookedLine, WhoLooked } from "./who-looked/fetch-who-looked.ts";
