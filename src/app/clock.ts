import { type Clock, instant } from "#kernel";

export const systemClock: Clock = { now: () => instant(Date.now()) };
