/** By what the viewer knows its own selections of key images again: the newest of them holds. */
export const ownDescription = "Key images";
