/**
 * What access says over HTTP of the hospital's own sign-in, under `/api/access`; a part of `api.ts`.
 *
 * | Method and path      | Request             | Reply              | Policy  |
 * |----------------------|---------------------|--------------------|---------|
 * | GET /outside         |                     | `OutsideView`      | public  |
 * | POST /outside/begin  |                     | `OutsideBeginView`, cookie | public |
 * | POST /outside/finish | `outsideFinishBody` | `Me`, cookie; or 202, `SecondStepView` | public |
 * | POST /outside/logout | `logout_token` in a form | 200           | public  |
 * | POST /outside/link   |                     | `OutsideBeginView`, cookie | account |
 * | DELETE /outside/link |                     | 204                | account |
 *
 * Codes: `outside-late`, `outside-cancelled`, `outside-refused`, `outside-unreachable`, `outside-unknown`,
 * `outside-name-taken`, `outside-no-name`, `outside-linked`, `outside-groups-missing`, `outside-closed`, `outside-only-way`.
 */

import { z } from "zod";

/** `answer`: the query of the address that the provider sent the browser to. */
export const outsideFinishBody = z.object({ answer: z.string().min(1).max(10_000) });

export interface OutsideView {
  /** What people call it; absent where there is none. */
  readonly name?: string;
}

export interface OutsideBeginView {
  /** Where the browser goes. */
  readonly address: string;
}
