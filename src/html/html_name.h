/*
 * Names of elements and attributes as small numbers (atoms): those that the standard gives a part
 * to and those that pages often have come first and are the constants HTML_<name>; others get
 * numbers as they come (html_name.c). Elements and attributes share the numbers.
 *
 * Flags by section of the HTML standard: special and formatting elements 13.2.4.2, scopes 13.2.4.2,
 * implied end tags 13.2.6.3, void elements 13.1.2, display 15.3, break-out 13.2.6.5, and the
 * adjusted names of SVG 13.2.6.1 and 13.2.6.5.
 */
#ifndef HTML_NAME_H
#define HTML_NAME_H

#include <stdint.h>

#define HTML_IS_SPECIAL 1u
#define HTML_IS_FORMAT 2u
#define HTML_IS_SCOPE 4u     /* ends the search for an element in scope */
#define HTML_IS_IMPLIED 8u   /* end tag implied */
#define HTML_IS_THOROUGH 16u /* end tag implied when all are, thoroughly */
#define HTML_IS_HEADING 32u
#define HTML_IS_VOID 64u
#define HTML_IS_BLOCK 128u
#define HTML_IS_CELL 256u
#define HTML_IS_HIDDEN 512u
#define HTML_IS_PRE 1024u
#define HTML_IS_BREAKOUT 2048u /* leaves SVG and MathML */

/* clang-format off */
#define HTML_NAMES(X)                                                                          \
    X(a, "a", HTML_IS_FORMAT)                                                                  \
    X(abbr, "abbr", 0)                                                                         \
    X(acronym, "acronym", 0)                                                                   \
    X(address, "address", HTML_IS_SPECIAL | HTML_IS_BLOCK)                                     \
    X(applet, "applet", HTML_IS_SPECIAL | HTML_IS_SCOPE)                                       \
    X(area, "area", HTML_IS_SPECIAL | HTML_IS_VOID | HTML_IS_HIDDEN)                           \
    X(article, "article", HTML_IS_SPECIAL | HTML_IS_BLOCK)                                     \
    X(aside, "aside", HTML_IS_SPECIAL | HTML_IS_BLOCK)                                         \
    X(audio, "audio", 0)                                                                       \
    X(b, "b", HTML_IS_FORMAT | HTML_IS_BREAKOUT)                                               \
    X(base, "base", HTML_IS_SPECIAL | HTML_IS_VOID | HTML_IS_HIDDEN)                           \
    X(basefont, "basefont", HTML_IS_SPECIAL | HTML_IS_VOID | HTML_IS_HIDDEN)                   \
    X(bdi, "bdi", 0)                                                                           \
    X(bdo, "bdo", 0)                                                                           \
    X(bgsound, "bgsound", HTML_IS_SPECIAL | HTML_IS_VOID)                                      \
    X(big, "big", HTML_IS_FORMAT | HTML_IS_BREAKOUT)                                           \
    X(blockquote, "blockquote", HTML_IS_SPECIAL | HTML_IS_BLOCK | HTML_IS_BREAKOUT)            \
    X(body, "body", HTML_IS_SPECIAL | HTML_IS_BLOCK | HTML_IS_BREAKOUT)                        \
    X(br, "br", HTML_IS_SPECIAL | HTML_IS_VOID | HTML_IS_BREAKOUT)                             \
    X(button, "button", HTML_IS_SPECIAL)                                                       \
    X(canvas, "canvas", 0)                                                                     \
    X(caption, "caption", HTML_IS_SPECIAL | HTML_IS_SCOPE | HTML_IS_THOROUGH | HTML_IS_BLOCK)  \
    X(center, "center", HTML_IS_SPECIAL | HTML_IS_BLOCK | HTML_IS_BREAKOUT)                    \
    X(circle, "circle", 0)                                                                     \
    X(cite, "cite", 0)                                                                         \
    X(code, "code", HTML_IS_FORMAT | HTML_IS_BREAKOUT)                                         \
    X(col, "col", HTML_IS_SPECIAL | HTML_IS_VOID | HTML_IS_BLOCK)                              \
    X(colgroup, "colgroup", HTML_IS_SPECIAL | HTML_IS_THOROUGH | HTML_IS_BLOCK)                \
    X(command, "command", 0)                                                                   \
    X(data, "data", 0)                                                                         \
    X(datalist, "datalist", HTML_IS_HIDDEN)                                                    \
    X(dd, "dd", HTML_IS_SPECIAL | HTML_IS_IMPLIED | HTML_IS_BLOCK | HTML_IS_BREAKOUT)          \
    X(del, "del", 0)                                                                           \
    X(desc, "desc", 0)                                                                         \
    X(details, "details", HTML_IS_SPECIAL | HTML_IS_BLOCK)                                     \
    X(dfn, "dfn", 0)                                                                           \
    X(dialog, "dialog", HTML_IS_BLOCK)                                                         \
    X(dir, "dir", HTML_IS_SPECIAL | HTML_IS_BLOCK)                                             \
    X(div, "div", HTML_IS_SPECIAL | HTML_IS_BLOCK | HTML_IS_BREAKOUT)                          \
    X(dl, "dl", HTML_IS_SPECIAL | HTML_IS_BLOCK | HTML_IS_BREAKOUT)                            \
    X(dt, "dt", HTML_IS_SPECIAL | HTML_IS_IMPLIED | HTML_IS_BLOCK | HTML_IS_BREAKOUT)          \
    X(em, "em", HTML_IS_FORMAT | HTML_IS_BREAKOUT)                                             \
    X(embed, "embed", HTML_IS_SPECIAL | HTML_IS_VOID | HTML_IS_BREAKOUT)                       \
    X(fieldset, "fieldset", HTML_IS_SPECIAL | HTML_IS_BLOCK)                                   \
    X(figcaption, "figcaption", HTML_IS_SPECIAL | HTML_IS_BLOCK)                               \
    X(figure, "figure", HTML_IS_SPECIAL | HTML_IS_BLOCK)                                       \
    X(font, "font", HTML_IS_FORMAT)                                                            \
    X(footer, "footer", HTML_IS_SPECIAL | HTML_IS_BLOCK)                                       \
    X(foreignObject, "foreignObject", 0)                                                       \
    X(foreignobject, "foreignobject", 0)                                                       \
    X(form, "form", HTML_IS_SPECIAL | HTML_IS_BLOCK)                                           \
    X(frame, "frame", HTML_IS_SPECIAL | HTML_IS_VOID)                                          \
    X(frameset, "frameset", HTML_IS_SPECIAL | HTML_IS_BLOCK)                                   \
    X(g, "g", 0)                                                                               \
    X(h1, "h1", HTML_IS_SPECIAL | HTML_IS_HEADING | HTML_IS_BLOCK | HTML_IS_BREAKOUT)          \
    X(h2, "h2", HTML_IS_SPECIAL | HTML_IS_HEADING | HTML_IS_BLOCK | HTML_IS_BREAKOUT)          \
    X(h3, "h3", HTML_IS_SPECIAL | HTML_IS_HEADING | HTML_IS_BLOCK | HTML_IS_BREAKOUT)          \
    X(h4, "h4", HTML_IS_SPECIAL | HTML_IS_HEADING | HTML_IS_BLOCK | HTML_IS_BREAKOUT)          \
    X(h5, "h5", HTML_IS_SPECIAL | HTML_IS_HEADING | HTML_IS_BLOCK | HTML_IS_BREAKOUT)          \
    X(h6, "h6", HTML_IS_SPECIAL | HTML_IS_HEADING | HTML_IS_BLOCK | HTML_IS_BREAKOUT)          \
    X(head, "head", HTML_IS_SPECIAL | HTML_IS_HIDDEN | HTML_IS_BREAKOUT)                       \
    X(header, "header", HTML_IS_SPECIAL | HTML_IS_BLOCK)                                       \
    X(hgroup, "hgroup", HTML_IS_SPECIAL | HTML_IS_BLOCK)                                       \
    X(hr, "hr", HTML_IS_SPECIAL | HTML_IS_VOID | HTML_IS_BLOCK | HTML_IS_BREAKOUT)             \
    X(html, "html", HTML_IS_SPECIAL | HTML_IS_SCOPE | HTML_IS_BLOCK)                           \
    X(i, "i", HTML_IS_FORMAT | HTML_IS_BREAKOUT)                                               \
    X(iframe, "iframe", HTML_IS_SPECIAL)                                                       \
    X(image, "image", 0)                                                                       \
    X(img, "img", HTML_IS_SPECIAL | HTML_IS_VOID | HTML_IS_BREAKOUT)                           \
    X(input, "input", HTML_IS_SPECIAL | HTML_IS_VOID)                                          \
    X(ins, "ins", 0)                                                                           \
    X(isindex, "isindex", 0)                                                                   \
    X(kbd, "kbd", 0)                                                                           \
    X(keygen, "keygen", HTML_IS_SPECIAL | HTML_IS_VOID)                                        \
    X(label, "label", 0)                                                                       \
    X(legend, "legend", HTML_IS_BLOCK)                                                         \
    X(li, "li", HTML_IS_SPECIAL | HTML_IS_IMPLIED | HTML_IS_BLOCK | HTML_IS_BREAKOUT)          \
    X(link, "link", HTML_IS_SPECIAL | HTML_IS_VOID | HTML_IS_HIDDEN)                           \
    X(listing, "listing", HTML_IS_SPECIAL | HTML_IS_BLOCK | HTML_IS_PRE | HTML_IS_BREAKOUT)    \
    X(main, "main", HTML_IS_SPECIAL | HTML_IS_BLOCK)                                           \
    X(malignmark, "malignmark", 0)                                                             \
    X(map, "map", 0)                                                                           \
    X(mark, "mark", 0)                                                                         \
    X(marquee, "marquee", HTML_IS_SPECIAL | HTML_IS_SCOPE)                                     \
    X(math, "math", 0)                                                                         \
    X(menu, "menu", HTML_IS_SPECIAL | HTML_IS_BLOCK | HTML_IS_BREAKOUT)                        \
    X(menuitem, "menuitem", 0)                                                                 \
    X(meta, "meta", HTML_IS_SPECIAL | HTML_IS_VOID | HTML_IS_HIDDEN | HTML_IS_BREAKOUT)        \
    X(meter, "meter", 0)                                                                       \
    X(mglyph, "mglyph", 0)                                                                     \
    X(mi, "mi", 0)                                                                             \
    X(mn, "mn", 0)                                                                             \
    X(mo, "mo", 0)                                                                             \
    X(ms, "ms", 0)                                                                             \
    X(mtext, "mtext", 0)                                                                       \
    X(nav, "nav", HTML_IS_SPECIAL | HTML_IS_BLOCK)                                             \
    X(nobr, "nobr", HTML_IS_FORMAT | HTML_IS_BREAKOUT)                                         \
    X(noembed, "noembed", HTML_IS_SPECIAL | HTML_IS_HIDDEN)                                    \
    X(noframes, "noframes", HTML_IS_SPECIAL | HTML_IS_HIDDEN)                                  \
    X(noscript, "noscript", HTML_IS_SPECIAL)                                                   \
    X(object, "object", HTML_IS_SPECIAL | HTML_IS_SCOPE)                                       \
    X(ol, "ol", HTML_IS_SPECIAL | HTML_IS_BLOCK | HTML_IS_BREAKOUT)                            \
    X(optgroup, "optgroup", HTML_IS_IMPLIED | HTML_IS_BLOCK)                                   \
    X(option, "option", HTML_IS_IMPLIED | HTML_IS_BLOCK)                                       \
    X(output, "output", 0)                                                                     \
    X(p, "p", HTML_IS_SPECIAL | HTML_IS_IMPLIED | HTML_IS_BLOCK | HTML_IS_BREAKOUT)            \
    X(param, "param", HTML_IS_SPECIAL | HTML_IS_VOID | HTML_IS_HIDDEN)                         \
    X(path, "path", 0)                                                                         \
    X(picture, "picture", 0)                                                                   \
    X(plaintext, "plaintext", HTML_IS_SPECIAL | HTML_IS_BLOCK | HTML_IS_PRE)                   \
    X(pre, "pre", HTML_IS_SPECIAL | HTML_IS_BLOCK | HTML_IS_PRE | HTML_IS_BREAKOUT)            \
    X(progress, "progress", 0)                                                                 \
    X(q, "q", 0)                                                                               \
    X(rb, "rb", HTML_IS_IMPLIED)                                                               \
    X(rect, "rect", 0)                                                                         \
    X(rp, "rp", HTML_IS_IMPLIED | HTML_IS_HIDDEN)                                              \
    X(rt, "rt", HTML_IS_IMPLIED)                                                               \
    X(rtc, "rtc", HTML_IS_IMPLIED)                                                             \
    X(ruby, "ruby", HTML_IS_BREAKOUT)                                                          \
    X(s, "s", HTML_IS_FORMAT | HTML_IS_BREAKOUT)                                               \
    X(samp, "samp", 0)                                                                         \
    X(script, "script", HTML_IS_SPECIAL | HTML_IS_HIDDEN)                                      \
    X(search, "search", HTML_IS_SPECIAL | HTML_IS_BLOCK)                                       \
    X(section, "section", HTML_IS_SPECIAL | HTML_IS_BLOCK)                                     \
    X(select, "select", HTML_IS_SPECIAL | HTML_IS_SCOPE)                                       \
    X(selectedcontent, "selectedcontent", 0)                                                   \
    X(slot, "slot", 0)                                                                         \
    X(small, "small", HTML_IS_FORMAT | HTML_IS_BREAKOUT)                                       \
    X(source, "source", HTML_IS_SPECIAL | HTML_IS_VOID)                                        \
    X(span, "span", HTML_IS_BREAKOUT)                                                          \
    X(strike, "strike", HTML_IS_FORMAT | HTML_IS_BREAKOUT)                                     \
    X(strong, "strong", HTML_IS_FORMAT | HTML_IS_BREAKOUT)                                     \
    X(style, "style", HTML_IS_SPECIAL | HTML_IS_HIDDEN)                                        \
    X(sub, "sub", HTML_IS_BREAKOUT)                                                            \
    X(summary, "summary", HTML_IS_SPECIAL | HTML_IS_BLOCK)                                     \
    X(sup, "sup", HTML_IS_BREAKOUT)                                                            \
    X(svg, "svg", 0)                                                                           \
    X(table, "table", HTML_IS_SPECIAL | HTML_IS_SCOPE | HTML_IS_BLOCK | HTML_IS_BREAKOUT)      \
    X(tbody, "tbody", HTML_IS_SPECIAL | HTML_IS_THOROUGH | HTML_IS_BLOCK)                      \
    X(td, "td", HTML_IS_SPECIAL | HTML_IS_SCOPE | HTML_IS_THOROUGH | HTML_IS_CELL)             \
    X(template, "template", HTML_IS_SPECIAL | HTML_IS_SCOPE | HTML_IS_HIDDEN)                  \
    X(textarea, "textarea", HTML_IS_SPECIAL | HTML_IS_PRE)                                     \
    X(tfoot, "tfoot", HTML_IS_SPECIAL | HTML_IS_THOROUGH | HTML_IS_BLOCK)                      \
    X(th, "th", HTML_IS_SPECIAL | HTML_IS_SCOPE | HTML_IS_THOROUGH | HTML_IS_CELL)             \
    X(thead, "thead", HTML_IS_SPECIAL | HTML_IS_THOROUGH | HTML_IS_BLOCK)                      \
    X(time, "time", 0)                                                                         \
    X(title, "title", HTML_IS_SPECIAL | HTML_IS_HIDDEN)                                        \
    X(tr, "tr", HTML_IS_SPECIAL | HTML_IS_THOROUGH | HTML_IS_BLOCK)                            \
    X(track, "track", HTML_IS_SPECIAL | HTML_IS_VOID)                                          \
    X(tt, "tt", HTML_IS_FORMAT | HTML_IS_BREAKOUT)                                             \
    X(u, "u", HTML_IS_FORMAT | HTML_IS_BREAKOUT)                                               \
    X(ul, "ul", HTML_IS_SPECIAL | HTML_IS_BLOCK | HTML_IS_BREAKOUT)                            \
    X(use, "use", 0)                                                                           \
    X(var, "var", HTML_IS_BREAKOUT)                                                            \
    X(video, "video", 0)                                                                       \
    X(wbr, "wbr", HTML_IS_SPECIAL | HTML_IS_VOID)                                              \
    X(xmp, "xmp", HTML_IS_SPECIAL | HTML_IS_BLOCK | HTML_IS_PRE)                               \
    X(altGlyph, "altGlyph", 0)                                                                 \
    X(altGlyphDef, "altGlyphDef", 0)                                                           \
    X(altGlyphItem, "altGlyphItem", 0)                                                         \
    X(animateColor, "animateColor", 0)                                                         \
    X(animateMotion, "animateMotion", 0)                                                       \
    X(animateTransform, "animateTransform", 0)                                                 \
    X(clipPath, "clipPath", 0)                                                                 \
    X(feBlend, "feBlend", 0)                                                                   \
    X(feColorMatrix, "feColorMatrix", 0)                                                       \
    X(feComponentTransfer, "feComponentTransfer", 0)                                           \
    X(feComposite, "feComposite", 0)                                                           \
    X(feConvolveMatrix, "feConvolveMatrix", 0)                                                 \
    X(feDiffuseLighting, "feDiffuseLighting", 0)                                               \
    X(feDisplacementMap, "feDisplacementMap", 0)                                               \
    X(feDistantLight, "feDistantLight", 0)                                                     \
    X(feDropShadow, "feDropShadow", 0)                                                         \
    X(feFlood, "feFlood", 0)                                                                   \
    X(feFuncA, "feFuncA", 0)                                                                   \
    X(feFuncB, "feFuncB", 0)                                                                   \
    X(feFuncG, "feFuncG", 0)                                                                   \
    X(feFuncR, "feFuncR", 0)                                                                   \
    X(feGaussianBlur, "feGaussianBlur", 0)                                                     \
    X(feImage, "feImage", 0)                                                                   \
    X(feMerge, "feMerge", 0)                                                                   \
    X(feMergeNode, "feMergeNode", 0)                                                           \
    X(feMorphology, "feMorphology", 0)                                                         \
    X(feOffset, "feOffset", 0)                                                                 \
    X(fePointLight, "fePointLight", 0)                                                         \
    X(feSpecularLighting, "feSpecularLighting", 0)                                             \
    X(feSpotLight, "feSpotLight", 0)                                                           \
    X(feTile, "feTile", 0)                                                                     \
    X(feTurbulence, "feTurbulence", 0)                                                         \
    X(glyphRef, "glyphRef", 0)                                                                 \
    X(linearGradient, "linearGradient", 0)                                                     \
    X(radialGradient, "radialGradient", 0)                                                     \
    X(textPath, "textPath", 0)                                                                 \
    X(altglyph, "altglyph", 0)                                                                 \
    X(altglyphdef, "altglyphdef", 0)                                                           \
    X(altglyphitem, "altglyphitem", 0)                                                         \
    X(animatecolor, "animatecolor", 0)                                                         \
    X(animatemotion, "animatemotion", 0)                                                       \
    X(animatetransform, "animatetransform", 0)                                                 \
    X(clippath, "clippath", 0)                                                                 \
    X(feblend, "feblend", 0)                                                                   \
    X(fecolormatrix, "fecolormatrix", 0)                                                       \
    X(fecomponenttransfer, "fecomponenttransfer", 0)                                           \
    X(fecomposite, "fecomposite", 0)                                                           \
    X(feconvolvematrix, "feconvolvematrix", 0)                                                 \
    X(fediffuselighting, "fediffuselighting", 0)                                               \
    X(fedisplacementmap, "fedisplacementmap", 0)                                               \
    X(fedistantlight, "fedistantlight", 0)                                                     \
    X(fedropshadow, "fedropshadow", 0)                                                         \
    X(feflood, "feflood", 0)                                                                   \
    X(fefunca, "fefunca", 0)                                                                   \
    X(fefuncb, "fefuncb", 0)                                                                   \
    X(fefuncg, "fefuncg", 0)                                                                   \
    X(fefuncr, "fefuncr", 0)                                                                   \
    X(fegaussianblur, "fegaussianblur", 0)                                                     \
    X(feimage, "feimage", 0)                                                                   \
    X(femerge, "femerge", 0)                                                                   \
    X(femergenode, "femergenode", 0)                                                           \
    X(femorphology, "femorphology", 0)                                                         \
    X(feoffset, "feoffset", 0)                                                                 \
    X(fepointlight, "fepointlight", 0)                                                         \
    X(fespecularlighting, "fespecularlighting", 0)                                             \
    X(fespotlight, "fespotlight", 0)                                                           \
    X(fetile, "fetile", 0)                                                                     \
    X(feturbulence, "feturbulence", 0)                                                         \
    X(glyphref, "glyphref", 0)                                                                 \
    X(lineargradient, "lineargradient", 0)                                                     \
    X(radialgradient, "radialgradient", 0)                                                     \
    X(textpath, "textpath", 0)                                                                 \
    X(accept, "accept", 0)                                                                     \
    X(action, "action", 0)                                                                     \
    X(align, "align", 0)                                                                       \
    X(allowfullscreen, "allowfullscreen", 0)                                                   \
    X(alt, "alt", 0)                                                                           \
    X(async, "async", 0)                                                                       \
    X(bgcolor, "bgcolor", 0)                                                                   \
    X(border, "border", 0)                                                                     \
    X(cellpadding, "cellpadding", 0)                                                           \
    X(cellspacing, "cellspacing", 0)                                                           \
    X(charset, "charset", 0)                                                                   \
    X(checked, "checked", 0)                                                                   \
    X(class, "class", 0)                                                                       \
    X(color, "color", 0)                                                                       \
    X(cols, "cols", 0)                                                                         \
    X(colspan, "colspan", 0)                                                                   \
    X(content, "content", 0)                                                                   \
    X(coords, "coords", 0)                                                                     \
    X(crossorigin, "crossorigin", 0)                                                           \
    X(datetime, "datetime", 0)                                                                 \
    X(defer, "defer", 0)                                                                       \
    X(disabled, "disabled", 0)                                                                 \
    X(encoding, "encoding", 0)                                                                 \
    X(enctype, "enctype", 0)                                                                   \
    X(face, "face", 0)                                                                         \
    X(frameborder, "frameborder", 0)                                                           \
    X(height, "height", 0)                                                                     \
    X(hidden, "hidden", 0)                                                                     \
    X(href, "href", 0)                                                                         \
    X(hreflang, "hreflang", 0)                                                                 \
    X(http_equiv, "http-equiv", 0)                                                             \
    X(id, "id", 0)                                                                             \
    X(integrity, "integrity", 0)                                                               \
    X(itemid, "itemid", 0)                                                                     \
    X(itemprop, "itemprop", 0)                                                                 \
    X(itemref, "itemref", 0)                                                                   \
    X(itemscope, "itemscope", 0)                                                               \
    X(itemtype, "itemtype", 0)                                                                 \
    X(lang, "lang", 0)                                                                         \
    X(language, "language", 0)                                                                 \
    X(loading, "loading", 0)                                                                   \
    X(maxlength, "maxlength", 0)                                                               \
    X(media, "media", 0)                                                                       \
    X(method, "method", 0)                                                                     \
    X(name, "name", 0)                                                                         \
    X(nonce, "nonce", 0)                                                                       \
    X(onclick, "onclick", 0)                                                                   \
    X(onload, "onload", 0)                                                                     \
    X(placeholder, "placeholder", 0)                                                           \
    X(property, "property", 0)                                                                 \
    X(rel, "rel", 0)                                                                           \
    X(rev, "rev", 0)                                                                           \
    X(role, "role", 0)                                                                         \
    X(rows, "rows", 0)                                                                         \
    X(rowspan, "rowspan", 0)                                                                   \
    X(scope, "scope", 0)                                                                       \
    X(scrolling, "scrolling", 0)                                                               \
    X(selected, "selected", 0)                                                                 \
    X(shape, "shape", 0)                                                                       \
    X(size, "size", 0)                                                                         \
    X(sizes, "sizes", 0)                                                                       \
    X(src, "src", 0)                                                                           \
    X(srcset, "srcset", 0)                                                                     \
    X(tabindex, "tabindex", 0)                                                                 \
    X(target, "target", 0)                                                                     \
    X(type, "type", 0)                                                                         \
    X(usemap, "usemap", 0)                                                                     \
    X(valign, "valign", 0)                                                                     \
    X(value, "value", 0)                                                                       \
    X(width, "width", 0)                                                                       \
    X(xmlns, "xmlns", 0)                                                                       \
    X(d, "d", 0)                                                                               \
    X(fill, "fill", 0)                                                                         \
    X(viewbox, "viewbox", 0)                                                                   \
    X(aria_label, "aria-label", 0)                                                             \
    X(aria_hidden, "aria-hidden", 0)                                                           \
    X(aria_labelledby, "aria-labelledby", 0)                                                   \
    X(data_id, "data-id", 0)                                                                   \
    X(data_src, "data-src", 0)                                                                 \
    X(data_url, "data-url", 0)                                                                 \
    X(aria_expanded, "aria-expanded", 0)                                                       \
    X(aria_controls, "aria-controls", 0)                                                       \
    X(data_toggle, "data-toggle", 0)                                                           \
    X(data_target, "data-target", 0)                                                           \
    X(pubdate, "pubdate", 0)                                                                   \
    X(alink, "alink", 0)                                                                       \
    X(text, "text", 0)                                                                         \
    X(annotation_xml, "annotation-xml", 0)                                                     \
    X(definitionurl, "definitionurl", 0)                                                       \
    X(definitionURL, "definitionURL", 0)                                                       \
    X(xlink_actuate, "xlink:actuate", 0)                                                       \
    X(xlink_arcrole, "xlink:arcrole", 0)                                                       \
    X(xlink_href, "xlink:href", 0)                                                             \
    X(xlink_role, "xlink:role", 0)                                                             \
    X(xlink_show, "xlink:show", 0)                                                             \
    X(xlink_title, "xlink:title", 0)                                                           \
    X(xlink_type, "xlink:type", 0)                                                             \
    X(xml_lang, "xml:lang", 0)                                                                 \
    X(xml_space, "xml:space", 0)                                                               \
    X(xmlns_xlink, "xmlns:xlink", 0)                                                           \
    X(attributeName, "attributeName", 0)                                                       \
    X(attributeType, "attributeType", 0)                                                       \
    X(baseFrequency, "baseFrequency", 0)                                                       \
    X(baseProfile, "baseProfile", 0)                                                           \
    X(calcMode, "calcMode", 0)                                                                 \
    X(clipPathUnits, "clipPathUnits", 0)                                                       \
    X(diffuseConstant, "diffuseConstant", 0)                                                   \
    X(edgeMode, "edgeMode", 0)                                                                 \
    X(filterUnits, "filterUnits", 0)                                                           \
    X(gradientTransform, "gradientTransform", 0)                                               \
    X(gradientUnits, "gradientUnits", 0)                                                       \
    X(kernelMatrix, "kernelMatrix", 0)                                                         \
    X(kernelUnitLength, "kernelUnitLength", 0)                                                 \
    X(keyPoints, "keyPoints", 0)                                                               \
    X(keySplines, "keySplines", 0)                                                             \
    X(keyTimes, "keyTimes", 0)                                                                 \
    X(lengthAdjust, "lengthAdjust", 0)                                                         \
    X(limitingConeAngle, "limitingConeAngle", 0)                                               \
    X(markerHeight, "markerHeight", 0)                                                         \
    X(markerUnits, "markerUnits", 0)                                                           \
    X(markerWidth, "markerWidth", 0)                                                           \
    X(maskContentUnits, "maskContentUnits", 0)                                                 \
    X(maskUnits, "maskUnits", 0)                                                               \
    X(numOctaves, "numOctaves", 0)                                                             \
    X(pathLength, "pathLength", 0)                                                             \
    X(patternContentUnits, "patternContentUnits", 0)                                           \
    X(patternTransform, "patternTransform", 0)                                                 \
    X(patternUnits, "patternUnits", 0)                                                         \
    X(pointsAtX, "pointsAtX", 0)                                                               \
    X(pointsAtY, "pointsAtY", 0)                                                               \
    X(pointsAtZ, "pointsAtZ", 0)                                                               \
    X(preserveAlpha, "preserveAlpha", 0)                                                       \
    X(preserveAspectRatio, "preserveAspectRatio", 0)                                           \
    X(primitiveUnits, "primitiveUnits", 0)                                                     \
    X(refX, "refX", 0)                                                                         \
    X(refY, "refY", 0)                                                                         \
    X(repeatCount, "repeatCount", 0)                                                           \
    X(repeatDur, "repeatDur", 0)                                                               \
    X(requiredExtensions, "requiredExtensions", 0)                                             \
    X(requiredFeatures, "requiredFeatures", 0)                                                 \
    X(specularConstant, "specularConstant", 0)                                                 \
    X(specularExponent, "specularExponent", 0)                                                 \
    X(spreadMethod, "spreadMethod", 0)                                                         \
    X(startOffset, "startOffset", 0)                                                           \
    X(stdDeviation, "stdDeviation", 0)                                                         \
    X(stitchTiles, "stitchTiles", 0)                                                           \
    X(surfaceScale, "surfaceScale", 0)                                                         \
    X(systemLanguage, "systemLanguage", 0)                                                     \
    X(tableValues, "tableValues", 0)                                                           \
    X(targetX, "targetX", 0)                                                                   \
    X(targetY, "targetY", 0)                                                                   \
    X(textLength, "textLength", 0)                                                             \
    X(viewBox, "viewBox", 0)                                                                   \
    X(viewTarget, "viewTarget", 0)                                                             \
    X(xChannelSelector, "xChannelSelector", 0)                                                 \
    X(yChannelSelector, "yChannelSelector", 0)                                                 \
    X(zoomAndPan, "zoomAndPan", 0)                                                             \
    X(attributename, "attributename", 0)                                                       \
    X(attributetype, "attributetype", 0)                                                       \
    X(basefrequency, "basefrequency", 0)                                                       \
    X(baseprofile, "baseprofile", 0)                                                           \
    X(calcmode, "calcmode", 0)                                                                 \
    X(clippathunits, "clippathunits", 0)                                                       \
    X(diffuseconstant, "diffuseconstant", 0)                                                   \
    X(edgemode, "edgemode", 0)                                                                 \
    X(filterunits, "filterunits", 0)                                                           \
    X(gradienttransform, "gradienttransform", 0)                                               \
    X(gradientunits, "gradientunits", 0)                                                       \
    X(kernelmatrix, "kernelmatrix", 0)                                                         \
    X(kernelunitlength, "kernelunitlength", 0)                                                 \
    X(keypoints, "keypoints", 0)                                                               \
    X(keysplines, "keysplines", 0)                                                             \
    X(keytimes, "keytimes", 0)                                                                 \
    X(lengthadjust, "lengthadjust", 0)                                                         \
    X(limitingconeangle, "limitingconeangle", 0)                                               \
    X(markerheight, "markerheight", 0)                                                         \
    X(markerunits, "markerunits", 0)                                                           \
    X(markerwidth, "markerwidth", 0)                                                           \
    X(maskcontentunits, "maskcontentunits", 0)                                                 \
    X(maskunits, "maskunits", 0)                                                               \
    X(numoctaves, "numoctaves", 0)                                                             \
    X(pathlength, "pathlength", 0)                                                             \
    X(patterncontentunits, "patterncontentunits", 0)                                           \
    X(patterntransform, "patterntransform", 0)                                                 \
    X(patternunits, "patternunits", 0)                                                         \
    X(pointsatx, "pointsatx", 0)                                                               \
    X(pointsaty, "pointsaty", 0)                                                               \
    X(pointsatz, "pointsatz", 0)                                                               \
    X(preservealpha, "preservealpha", 0)                                                       \
    X(preserveaspectratio, "preserveaspectratio", 0)                                           \
    X(primitiveunits, "primitiveunits", 0)                                                     \
    X(refx, "refx", 0)                                                                         \
    X(refy, "refy", 0)                                                                         \
    X(repeatcount, "repeatcount", 0)                                                           \
    X(repeatdur, "repeatdur", 0)                                                               \
    X(requiredextensions, "requiredextensions", 0)                                             \
    X(requiredfeatures, "requiredfeatures", 0)                                                 \
    X(specularconstant, "specularconstant", 0)                                                 \
    X(specularexponent, "specularexponent", 0)                                                 \
    X(spreadmethod, "spreadmethod", 0)                                                         \
    X(startoffset, "startoffset", 0)                                                           \
    X(stddeviation, "stddeviation", 0)                                                         \
    X(stitchtiles, "stitchtiles", 0)                                                           \
    X(surfacescale, "surfacescale", 0)                                                         \
    X(systemlanguage, "systemlanguage", 0)                                                     \
    X(tablevalues, "tablevalues", 0)                                                           \
    X(targetx, "targetx", 0)                                                                   \
    X(targety, "targety", 0)                                                                   \
    X(textlength, "textlength", 0)                                                             \
    X(viewtarget, "viewtarget", 0)                                                             \
    X(xchannelselector, "xchannelselector", 0)                                                 \
    X(ychannelselector, "ychannelselector", 0)                                                 \
    X(zoomandpan, "zoomandpan", 0)

/* Lower case, as SVG has it. */
#define HTML_SVG_TAGS(X)                         \
    X(altglyph, altGlyph)                        \
    X(altglyphdef, altGlyphDef)                  \
    X(altglyphitem, altGlyphItem)                \
    X(animatecolor, animateColor)                \
    X(animatemotion, animateMotion)              \
    X(animatetransform, animateTransform)        \
    X(clippath, clipPath)                        \
    X(feblend, feBlend)                          \
    X(fecolormatrix, feColorMatrix)              \
    X(fecomponenttransfer, feComponentTransfer)  \
    X(fecomposite, feComposite)                  \
    X(feconvolvematrix, feConvolveMatrix)        \
    X(fediffuselighting, feDiffuseLighting)      \
    X(fedisplacementmap, feDisplacementMap)      \
    X(fedistantlight, feDistantLight)            \
    X(fedropshadow, feDropShadow)                \
    X(feflood, feFlood)                          \
    X(fefunca, feFuncA)                          \
    X(fefuncb, feFuncB)                          \
    X(fefuncg, feFuncG)                          \
    X(fefuncr, feFuncR)                          \
    X(fegaussianblur, feGaussianBlur)            \
    X(feimage, feImage)                          \
    X(femerge, feMerge)                          \
    X(femergenode, feMergeNode)                  \
    X(femorphology, feMorphology)                \
    X(feoffset, feOffset)                        \
    X(fepointlight, fePointLight)                \
    X(fespecularlighting, feSpecularLighting)    \
    X(fespotlight, feSpotLight)                  \
    X(fetile, feTile)                            \
    X(feturbulence, feTurbulence)                \
    X(foreignobject, foreignObject)              \
    X(glyphref, glyphRef)                        \
    X(lineargradient, linearGradient)            \
    X(radialgradient, radialGradient)            \
    X(textpath, textPath)

#define HTML_SVG_ATTRIBUTES(X)                   \
    X(attributename, attributeName)              \
    X(attributetype, attributeType)              \
    X(basefrequency, baseFrequency)              \
    X(baseprofile, baseProfile)                  \
    X(calcmode, calcMode)                        \
    X(clippathunits, clipPathUnits)              \
    X(diffuseconstant, diffuseConstant)          \
    X(edgemode, edgeMode)                        \
    X(filterunits, filterUnits)                  \
    X(glyphref, glyphRef)                        \
    X(gradienttransform, gradientTransform)      \
    X(gradientunits, gradientUnits)              \
    X(kernelmatrix, kernelMatrix)                \
    X(kernelunitlength, kernelUnitLength)        \
    X(keypoints, keyPoints)                      \
    X(keysplines, keySplines)                    \
    X(keytimes, keyTimes)                        \
    X(lengthadjust, lengthAdjust)                \
    X(limitingconeangle, limitingConeAngle)      \
    X(markerheight, markerHeight)                \
    X(markerunits, markerUnits)                  \
    X(markerwidth, markerWidth)                  \
    X(maskcontentunits, maskContentUnits)        \
    X(maskunits, maskUnits)                      \
    X(numoctaves, numOctaves)                    \
    X(pathlength, pathLength)                    \
    X(patterncontentunits, patternContentUnits)  \
    X(patterntransform, patternTransform)        \
    X(patternunits, patternUnits)                \
    X(pointsatx, pointsAtX)                      \
    X(pointsaty, pointsAtY)                      \
    X(pointsatz, pointsAtZ)                      \
    X(preservealpha, preserveAlpha)              \
    X(preserveaspectratio, preserveAspectRatio)  \
    X(primitiveunits, primitiveUnits)            \
    X(refx, refX)                                \
    X(refy, refY)                                \
    X(repeatcount, repeatCount)                  \
    X(repeatdur, repeatDur)                      \
    X(requiredextensions, requiredExtensions)    \
    X(requiredfeatures, requiredFeatures)        \
    X(specularconstant, specularConstant)        \
    X(specularexponent, specularExponent)        \
    X(spreadmethod, spreadMethod)                \
    X(startoffset, startOffset)                  \
    X(stddeviation, stdDeviation)                \
    X(stitchtiles, stitchTiles)                  \
    X(surfacescale, surfaceScale)                \
    X(systemlanguage, systemLanguage)            \
    X(tablevalues, tableValues)                  \
    X(targetx, targetX)                          \
    X(targety, targetY)                          \
    X(textlength, textLength)                    \
    X(viewbox, viewBox)                          \
    X(viewtarget, viewTarget)                    \
    X(xchannelselector, xChannelSelector)        \
    X(ychannelselector, yChannelSelector)        \
    X(zoomandpan, zoomAndPan)
/* clang-format on */

typedef enum html_known {
    HTML_NO_NAME = 0,
#define X(id, string, flags) HTML_##id,
    HTML_NAMES(X)
#undef X
        HTML_KNOWN_N
} html_known;

extern const uint16_t html_flags[HTML_KNOWN_N];

static inline uint32_t html_flags_of(uint32_t name)
{
    return name < HTML_KNOWN_N ? html_flags[name] : 0;
}

#endif
