import type { ClockRule } from "./clock-rule.ts";

/** UK GDPR art 12(3): one month; two more where requests are complex or many; it stands while identity or scope is asked for. */
export const answerInOneMonth: ClockRule = {
  name: "answer",
  title: "Answer the person",
  length: { months: 1 },
  holidays: "england",
  extension: { months: 2 },
  waiting: "pauses",
  source: "UK GDPR art 12(3) and 12A; Data (Use and Access) Act 2025 s 76",
};

export const acknowledgeComplaint: ClockRule = {
  name: "acknowledge",
  title: "Acknowledge the complaint",
  length: { days: 30 },
  holidays: "england",
  waiting: "nothing",
  source: "Data Protection Act 2018 s 164A, in force from 19 June 2026",
};

/** The law says without undue delay; the hospital holds itself to this. */
export const answerComplaint: ClockRule = {
  name: "answer",
  title: "Tell the person the outcome",
  length: { months: 3 },
  holidays: "england",
  waiting: "pauses",
  source: "The hospital's own aim: Data Protection Act 2018 s 164A says without undue delay",
};

export const answerFreedomOfInformation: ClockRule = {
  name: "answer",
  title: "Answer the applicant",
  length: { workingDays: 20 },
  holidays: "any-part-of-the-uk",
  extension: { workingDays: 20 },
  waiting: "restarts",
  source: "Freedom of Information Act 2000 s 10; s 1(3) while a clarification is waited for",
};

export const reportIncident: ClockRule = {
  name: "report",
  title: "Report to the ICO, or decide that it need not be",
  length: { hours: 72 },
  holidays: "england",
  waiting: "nothing",
  source: "UK GDPR art 33(1)",
};

/** The hospital's own aim. */
export const closeIncident: ClockRule = {
  name: "close",
  title: "Close the incident",
  length: { months: 2 },
  holidays: "england",
  waiting: "pauses",
  source: "The hospital's own aim",
};

/** What is registered is looked at again. */
export const reviewYearly: ClockRule = {
  name: "review",
  title: "Review",
  length: { months: 12 },
  holidays: "england",
  waiting: "nothing",
  source: "UK GDPR art 5(2) and 30; the hospital may set another number of months",
};

/** An assessment is finished before the work that it is about begins. */
export const assess: ClockRule = {
  name: "assess",
  title: "Finish the assessment",
  length: { months: 2 },
  holidays: "england",
  waiting: "pauses",
  source: "The hospital's own aim: UK GDPR art 35 says before the processing",
};
