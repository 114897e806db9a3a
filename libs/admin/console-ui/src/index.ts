/** the console's tokens and components */
export {};
