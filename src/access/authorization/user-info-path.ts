/** Where applications ask who let them in. */
export const userInfoPath = "/auth/userinfo";
