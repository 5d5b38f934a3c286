/** As the server asks. */
export const commentMin = 3;
export const commentMax = 2_000;
