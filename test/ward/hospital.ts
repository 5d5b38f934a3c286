import { hospitalTime } from "#kernel";

/** The clock on the wall of the hospital that everybody of the ward is in. */
export const wardTime = hospitalTime("Europe/London");

/** One far from it, to see that a clock is the hospital's own. */
export const aucklandTime = hospitalTime("Pacific/Auckland");
