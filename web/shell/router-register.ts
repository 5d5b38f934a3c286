/** What the router's own types know of this web app's addresses, titles and history. */
import type { Explored } from "../explorer/search/explored.ts";
import type { StudySearch } from "../viewer/studies/study-search.ts";
import type { buildRouter } from "./router.tsx";

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof buildRouter>;
  }
  interface StaticDataRouteOption {
    /** Title of the page, for the browser's tab and for screen readers. */
    readonly title?: string;
  }
  interface HistoryState {
    /** What was searched for; kept out of the address, because it may name a patient. */
    readonly searchText?: string;
    /** Where it is looked for; absent: in the numbers. */
    readonly searchIn?: "text";
    /** The search of the explorer, for the same reason. */
    readonly explored?: Explored;
    /** By what studies of images are looked for, for the same reason. */
    readonly studySearch?: StudySearch;
  }
}
