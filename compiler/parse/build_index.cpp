// Indexes and their elements.
#include "compiler/parse/builder.h"

namespace schemac::parse {

ast::IndexElement Builder::BuildIndexElement(P::IndexElementContext& context) {
  ast::IndexElement element;
  element.span = SpanOf(context);
  P::IndexKeyContext& key = *context.indexKey();
  if (auto* column = key.identifier()) {
    element.column = BuildName(*column);
  } else {
    element.expression = Text(key);
  }
  if (context.collation != nullptr) element.collation = BuildQualifiedName(*context.collation);
  if (context.operatorClass != nullptr) element.operator_class = BuildQualifiedName(*context.operatorClass);
  if (context.operatorClassOptions != nullptr)
    element.operator_class_options = Inside(*context.operatorClassOptions);
  if (context.ASC() != nullptr) element.descending = false;
  if (context.DESC() != nullptr) element.descending = true;
  if (context.NULLS() != nullptr) element.nulls_first = context.FIRST() != nullptr;
  return element;
}

ast::Index Builder::BuildIndex(P::IndexContext& context) {
  ast::Index index;
  index.span = SpanOf(context);
  if (context.name != nullptr) index.name = BuildName(*context.name);
  index.unique = !context.UNIQUE().empty();
  index.concurrently = context.CONCURRENTLY() != nullptr;
  index.only = context.ONLY() != nullptr;
  index.was = BuildWas(context.was());
  if (context.method != nullptr) index.method = BuildName(*context.method);
  for (auto* element : context.indexElement()) index.elements.push_back(BuildIndexElement(*element));
  for (auto* clause : context.indexClause()) {
    if (auto* include = clause->names()) {
      Once(!index.include.empty(), *clause);
      index.include = BuildNames(*include);
    } else if (auto* nulls = clause->nullsNotDistinct()) {
      index.nulls_not_distinct = nulls->NOT() != nullptr;
    } else if (auto* options = clause->storageOptions()) {
      Once(!index.options.empty(), *clause);
      index.options = BuildOptions(*options);
    } else if (clause->tablespace != nullptr) {
      Once(index.tablespace.has_value(), *clause);
      index.tablespace = BuildName(*clause->tablespace);
    } else if (auto* predicate = clause->predicateRun()) {
      Once(index.where.has_value(), *clause);
      index.where = Text(*predicate);
    } else {
      Once(index.was.has_value(), *clause);
      index.was = BuildWas(clause->was());
    }
  }
  return index;
}

ast::AttachedPart Builder::BuildAttachedPart(P::AttachedPartContext& context) {
  ast::AttachedPart part;
  part.is_index = context.INDEX() != nullptr;
  part.name = BuildName(*context.name);
  part.parent = BuildName(*context.parent);
  part.span = SpanOf(context);
  return part;
}

}  // namespace schemac::parse
