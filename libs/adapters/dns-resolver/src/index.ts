/** questions to a resolver over UDP and TCP */
export {};
