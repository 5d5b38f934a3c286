/** What a store throws when a search would take more than its limits allow; the message says what there is too much of. */
export class SearchTooCostly extends Error {}
