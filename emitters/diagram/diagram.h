// Tables, their columns and the foreign keys between them, as text that others draw.
#pragma once

#include <string>

#include "schema/catalog.h"

namespace schemac::emitters {

// An `erDiagram` for Mermaid (https://mermaid.js.org/syntax/entityRelationshipDiagram.html), which GitHub and
// GitLab draw in Markdown. Names that Mermaid has no room for are written with `_`, and in full as a remark.
std::string MermaidDiagram(const schema::Catalog& catalog);

// A digraph for Graphviz: a node for each table, an edge from each foreign key to what it refers to.
std::string DotDiagram(const schema::Catalog& catalog);

}  // namespace schemac::emitters
