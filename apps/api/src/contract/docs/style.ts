/** The one style of the page; its digest stands in the content security policy. */
export const STYLE = `
:root{color-scheme:light dark;--ink:light-dark(#1c2024,#e6e8ea);--dim:light-dark(#60646c,#a0a6ad);--line:light-dark(#e0e3e7,#2e3338);--ground:light-dark(#fff,#131619);--raised:light-dark(#f7f8f9,#1a1e22);--accent:light-dark(#1f5fbf,#7db3ff)}
*{box-sizing:border-box}body{margin:0;font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--ground);display:grid;grid-template-columns:13rem minmax(0,1fr)}
nav{position:sticky;top:0;height:100vh;overflow:auto;padding:1.5rem 1rem;border-right:1px solid var(--line);background:var(--raised)}nav ul{list-style:none;padding:0;margin:1rem 0}nav li a{display:block;padding:.2rem .5rem;border-radius:4px;color:var(--ink);text-decoration:none}nav li a:hover{background:var(--line)}.home{font-weight:600;color:var(--ink);text-decoration:none;padding:.5rem}
main{padding:1.5rem 2rem;max-width:64rem}h1{font-size:1.5rem;margin:0 0 .5rem}h2{font-size:1.15rem;margin:2rem 0 .5rem}h3{font-size:.8rem;text-transform:uppercase;letter-spacing:.04em;color:var(--dim);margin:1rem 0 .25rem}
a{color:var(--accent)}code{font:13px/1.4 ui-monospace,monospace;overflow-wrap:anywhere}
details{border:1px solid var(--line);border-radius:6px;margin:.35rem 0;padding:0 .75rem}details[open]{padding-bottom:.75rem;background:var(--raised)}summary{cursor:pointer;padding:.5rem 0;list-style-position:outside}summary:focus-visible,a:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.method{display:inline-block;min-width:4.2rem;font:600 12px ui-monospace,monospace}.get{color:light-dark(#0b6b3a,#6fd39b)}.post{color:var(--accent)}.delete{color:light-dark(#b42318,#ff9a90)}.says{color:var(--dim)}.who{margin:.25rem 0;color:var(--dim)}
.fields{margin:.25rem 0;padding-left:1.1rem}.fields li{margin:.15rem 0}.fields span{color:var(--dim)}.fields b{font-size:12px;font-weight:600;color:light-dark(#8a4b00,#f0b366)}
@media(max-width:48rem){body{display:block}nav{position:static;height:auto;border:0;border-bottom:1px solid var(--line)}nav ul{display:flex;flex-wrap:wrap;gap:.25rem}main{padding:1rem}.says{display:block}}
`;
