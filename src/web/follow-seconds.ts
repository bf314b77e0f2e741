/** So often a page that goes on by itself is looked at again, in seconds: by its script, or read anew where there is none. */
export const followSeconds = 2
