import { z } from "zod";
import { answers, answersBody, answersQuery, type Context } from "#access";
import { limits, ok, type Route } from "#kernel";
import { hospitalHolidays, setHospitalHolidays } from "../registers/hospital-holidays.ts";
import { changeItem } from "./change-item.ts";
import { createItem } from "./create-item.ts";
import { fetchItem, fetchItems, fetchTimeline, viewOf } from "./fetch-items.ts";
import { itemOrderBody, newItemBody } from "./item-order.ts";
import { itemsQuery } from "./item-view.ts";
import type { Acting } from "./mark-patient.ts";

const holidaysBody = z.object({
  holidays: z
    .array(z.object({ day: z.iso.date(), name: z.string().trim().min(1).max(100) }))
    .max(limits.governanceHolidaysMax),
});

/** The working lists of information governance. */
export function itemRoutes(acting: Acting): readonly Route<Context>[] {
  return [
    {
      method: "GET",
      path: "/api/information/items",
      policy: "governance.work",
      summary: "Requests and entries of registers, what is due first on top",
      handle: answersQuery(itemsQuery, (query, { context }) => fetchItems(context, query)),
    },
    {
      method: "POST",
      path: "/api/information/items",
      policy: "governance.work",
      summary: "Begin a request or an entry of a register",
      handle: answersBody(newItemBody, async (order, { context }) => {
        const made = await createItem(context, order);
        return made.ok ? viewOf(context, made.value) : made;
      }),
    },
    {
      method: "GET",
      path: "/api/information/items/:id",
      policy: "governance.work",
      summary: "A request or entry of a register, with how its clocks stand",
      handle: answers(({ context, id }) => fetchItem(context, id)),
    },
    {
      method: "POST",
      path: "/api/information/items/:id/orders",
      policy: "governance.work",
      summary: "Take a step, change, assign, note or tick something off",
      handle: answersBody(itemOrderBody, async (order, { context, id }) => {
        const changed = await changeItem({ context, acting }, id, order);
        return changed.ok ? viewOf(context, changed.value) : changed;
      }),
    },
    {
      method: "GET",
      path: "/api/information/items/:id/timeline",
      policy: "governance.work",
      summary: "Who did what with it, when and why",
      handle: answers(({ context, id }) => fetchTimeline(context, id)),
    },
    ...holidayRoutes,
  ];
}

const holidayRoutes: readonly Route<Context>[] = [
  {
    method: "GET",
    path: "/api/information/holidays",
    policy: "governance.work",
    summary: "The holidays that the hospital has added to those of the law",
    handle: answers(async ({ context }) => {
      const holidays = await hospitalHolidays(context);
      return holidays.ok ? ok({ holidays: holidays.value }) : holidays;
    }),
  },
  {
    method: "PUT",
    path: "/api/information/holidays",
    policy: "governance.work",
    summary: "Set the holidays that the hospital adds",
    handle: answersBody(holidaysBody, async (order, { context }) => {
      const set = await setHospitalHolidays(context, order);
      return set.ok ? ok({ holidays: set.value }) : set;
    }),
  },
];
