/** the verbs of operators, with their audit */
export {};
