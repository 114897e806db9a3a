/** takes mail in: decides, repairs, commits in groups */
export {};
