/** What the guard itself shows: pages without script, for who is not let in. */

const STYLE = `
:root{color-scheme:light dark}
body{font:1.1rem/1.6 system-ui,sans-serif;max-width:36rem;margin:15vh auto;padding:0 1rem}
code{border:1px solid;border-radius:3px;padding:.1em .4em}`

const page = (title: string, body: string) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
<main>
${body}
</main>
</html>`

/** The browser follows a refresh of our own page with its strict cookie, and the token leaves the address bar. */
export const OPENING = `<!doctype html>
<html lang="en">
<link rel="icon" href="data:,">
<meta http-equiv="refresh" content="0;url=/">
<title>Circumspect</title>
<p>Opening …</p>
</html>`

export const signInPage = (linkCommand: string) =>
  page(
    'Sign in to Circumspect',
    `<h1>Please open a new link</h1>
<p>Circumspect is opened with a link. Each link works once, in one browser, for one working day. If you have used yours, it works no more;
nor does it after Circumspect has been started again.</p>
<p>Ask whoever runs Circumspect for a new link. If that is you: on the computer where it runs, type <code>${linkCommand}</code> and open the
address it prints.</p>`,
  )

export const SIGNED_OUT = page(
  'Signed out of Circumspect',
  `<h1>You have signed out</h1>
<p>Nothing of what you saw is kept in this browser. You can close this window. To come back, ask whoever runs Circumspect for a new link.</p>`,
)
