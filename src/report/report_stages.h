/*
 * For as long as the stages arrive one by one: a stage whose functions are not linked in is passed
 * over. Goes away with the last stage.
 */
#ifndef REPORT_STAGES_H
#define REPORT_STAGES_H

#pragma weak read_path
#pragma weak read_bytes
#pragma weak page_article
#pragma weak page_free
#pragma weak page_role_name
#pragma weak text_analyse
#pragma weak quote_find
#pragma weak quote_type_name
#pragma weak quote_change_name
#pragma weak figure_find
#pragma weak figure_bound_name
#pragma weak figure_difference_name
#pragma weak story_group
#pragma weak copy_passages
#pragma weak compare_story

#endif
