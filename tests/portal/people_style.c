/* How the pages look: calm, one column on a phone, large enough to hit with a thumb. */
#include <string.h>

#include "handlers.h"
#include "http.h"

static const char style[] =
    ":root{--ink:#16202a;--soft:#51606e;--line:#c9d3db;--paper:#fff;--ground:#f2f5f7;"
    "--main:#005b50;--said:#fff3d1}"
    "*{box-sizing:border-box}"
    "body{margin:0;background:var(--ground);color:var(--ink);"
    "font:1.0625rem/1.5 system-ui,-apple-system,\"Segoe UI\",Roboto,\"Noto Sans\",sans-serif;"
    "overflow-wrap:anywhere}"
    "header{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;align-items:center;"
    "padding:.5rem 1rem;background:var(--main);color:#fff}"
    "header a{color:#fff;font-weight:600;text-decoration:none;padding:.625rem 0}"
    "header .who{order:1;flex-basis:100%;margin:0}header form{margin-left:auto}"
    "header button.plain{background:none;color:#fff;border-color:#fff}"
    "main{max-width:46rem;margin:0 auto;padding:1rem}"
    "h1{font-size:1.5rem;line-height:1.25;margin:.5rem 0 1rem}"
    "h2{font-size:1.125rem;margin:1.75rem 0 .5rem}"
    ".skip{position:absolute;left:-99rem}"
    ".skip:focus{position:static;display:block;padding:.75rem 1rem}"
    ".soft{color:var(--soft);font-size:.9375rem}"
    ".said{background:var(--said);border-left:4px solid #a36b00;padding:.75rem 1rem;margin:0 0 "
    "1rem}"
    ".card{display:block;background:var(--paper);border:1px solid var(--line);border-radius:8px;"
    "padding:.875rem 1rem;margin:0 0 .75rem}"
    ".cards{list-style:none;padding:0;margin:0}"
    "a.card{color:inherit;text-decoration:none}a.card:hover{border-color:var(--main)}"
    ".card>span{display:block}"
    "a{color:var(--main)}"
    "label{display:block;font-weight:600;margin:.875rem 0 .25rem}"
    "input,textarea{width:100%;font:inherit;color:inherit;background:#fff;padding:.5625rem .75rem;"
    "border:1px solid #6b7985;border-radius:6px}"
    "button{font:inherit;font-weight:600;min-height:2.75rem;padding:.5rem 1.25rem;margin:.875rem 0 "
    "0;"
    "border:1px solid "
    "var(--main);border-radius:6px;background:var(--main);color:#fff;cursor:pointer}"
    "button.plain{background:#fff;color:var(--main)}"
    "header button,.search button{margin:0}"
    ":focus-visible{outline:3px solid #b36b00;outline-offset:2px}"
    "header :focus-visible{outline-color:#fff}"
    ".search{display:flex;flex-wrap:wrap;gap:.5rem;margin:0 0 1.5rem}"
    ".search label{flex-basis:100%;margin:0}.search input{flex:1 1 12rem;width:auto}"
    "dl{margin:0;background:var(--paper);border:1px solid var(--line);border-radius:8px}"
    "dl>div{padding:.625rem 1rem;border-bottom:1px solid var(--line)}dl>div:last-child{border:0}"
    "dt{color:var(--soft);font-size:.9375rem}dd{margin:0}"
    "dd dl{margin:.5rem 0}dd "
    "ol{margin:0;padding-left:1.25rem}dl:empty{display:none}dl+dl{margin-top:.75rem}"
    "h3{font-size:1rem;margin:1.25rem 0 .5rem}"
    ".state{font-size:1.125rem;margin:0}"
    ".moves{margin:1.5rem 0}.moves>form{display:inline-block;margin:0 .75rem .75rem 0}"
    ".moves>form>button{margin:0}"
    "summary{font-weight:600;color:var(--main);cursor:pointer;padding:.625rem 0}"
    ".history{padding-left:2rem}.history li{margin:0 0 .75rem}.history p{margin:.125rem 0}"
    ".history ul{padding-left:1.25rem;margin:.125rem 0}"
    "table{border-collapse:collapse;background:var(--paper);width:100%;"
    "font-variant-numeric:tabular-nums}"
    "th,td{padding:.5rem .75rem;border:1px solid var(--line);text-align:right;"
    "overflow-wrap:normal}"
    "tbody th,tfoot th{font-weight:400;text-align:left}thead th{font-size:.9375rem}"
    "thead th:first-child{text-align:left}tfoot td,tfoot th{font-weight:600}"
    ".wide{overflow-x:auto}"
    "@media(min-width:40rem){header .who{order:0;flex-basis:auto;margin-left:auto}"
    "header form{margin:0}dl>div{display:grid;grid-template-columns:14rem 1fr;gap:1rem}}";

void
people_style(struct portal *portal, const struct request *request, struct reply *reply)
{
    (void)portal;
    (void)request;
    reply_with(reply, 200, "text/css; charset=utf-8", strdup(style));
}
