/** the `postern` command */
export {};
